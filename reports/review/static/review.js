// Keys press the buttons that are on the page anyway; without this file everything works by mouse.
"use strict";
(() => {
  const form = document.querySelector("form.verdict");
  const help = document.querySelector("dialog#keys");
  let composing = false;
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => { composing = false; });

  const typing = (node) => node.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
  const press = (key) => {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (target) target.click();
    return target !== null;
  };

  document.addEventListener("keydown", (event) => {
    // 229 is what browsers report for keys that an input method has taken.
    if (event.isComposing || composing || event.keyCode === 229) return;
    if (event.key === "Escape" && document.activeElement) document.activeElement.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    if (help && help.open) return;
    const key = event.key === " " ? "space" : event.key;
    if (key === "?" && help) { help.showModal(); event.preventDefault(); return; }
    if (key === "n" && form) { form.elements.note.focus(); event.preventDefault(); return; }
    if (key === "/" && press("/")) { event.preventDefault(); return; }
    if (key === "space" && event.target.closest("button, a, summary")) return;
    if (press(key)) event.preventDefault();
  });

  if (form) {
    // One press is one verdict: a second press while the answer is under way does nothing (the nonce guards too).
    let sent = false;
    form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
    window.addEventListener("pageshow", () => { sent = false; });
  }
  document.querySelectorAll("[data-focus]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector(link.dataset.focus).focus();
  }));
})();

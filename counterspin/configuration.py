"""Where the settings of a run come from: default, then counterspin.toml, then COUNTERSPIN_*, then a flag.

Every value keeps its origin. An unknown key or a value out of its range is refused with the place it stands in,
what is allowed, and the nearest name that exists.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from counterspin.errors import SettingsError, UsageError
from counterspin.settings import Settings

FILE = "counterspin.toml"
PREFIX = "COUNTERSPIN_"
# Variables that are read elsewhere and are no settings.
RESERVED = frozenset({"COUNTERSPIN_DEBUG", "COUNTERSPIN_SHARED", "COUNTERSPIN_JUDGE_KEY"})
RESERVED_PREFIXES = ("COUNTERSPIN_REVIEW_PASSWORD", "COUNTERSPIN_ALERT_", "COUNTERSPIN_TEST_")
_TRUE = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_SECTIONS: Mapping[str, Field[Any]] = {item.name: item for item in fields(Settings)}


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of a project with the origin of each (``default``, ``file:line``, the variable, or ``flag``)."""

    settings: Settings
    folder: Path
    file: Path | None
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / self.settings.project.database

    @property
    def warc(self) -> Path:
        """The folder of the WARC files."""
        return self.folder / self.settings.project.warc

    @property
    def reports(self) -> Path:
        """The folder of the reports."""
        return self.folder / "reports"


@dataclass(frozen=True, slots=True)
class _Given:
    """A value as it was written, and where."""

    name: str
    value: Any
    origin: str
    is_text: bool  # from the environment or a flag: still to be read as a number, a list, ...


def load(
    start: Path | None = None,
    *,
    flags: Mapping[str, Any] = MappingProxyType({}),
    environment: Mapping[str, str] | None = None,
    required: bool = True,
) -> Configuration:
    """The configuration of the project in ``start`` or a folder above it (default: the working folder).

    ``flags`` maps ``section.name`` to a value or its text. Raises :class:`UsageError` where there is no project
    (not if ``required`` is false: then the defaults hold), :class:`SettingsError` for a bad setting.
    """
    file = find(start or Path.cwd())
    if file is None and required:
        raise UsageError(
            f"no project here: {FILE} is neither in {start or Path.cwd()} nor above; run `counterspin init`"
        )
    settings, origins = Settings(), {}
    variables = os.environ if environment is None else environment
    for given in (*_from_file(file), *_from_environment(variables), *_from_flags(flags)):
        settings = _with(settings, given)
        origins[given.name] = given.origin
    folder = file.parent if file else (start or Path.cwd())
    return Configuration(settings, folder, file, origins)


def find(start: Path) -> Path | None:
    """The ``counterspin.toml`` in ``start`` or the nearest folder above it."""
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / FILE).is_file():
            return folder / FILE
    return None


def table() -> Iterator[tuple[str, Field[Any]]]:
    """Every setting: its name (``section.name``) and the field that holds default, range, unit and help."""
    for section, holder in _SECTIONS.items():
        if section != "detect":
            yield from ((f"{section}.{item.name}", item) for item in fields(_default(holder)))


def thresholds() -> Iterator[tuple[str, Any]]:
    """Every threshold of every rule (``detect.rule.name``) with its default."""
    from counterspin.detect import MIN_SCORE, built_in  # noqa: PLC0415 - only where thresholds are asked for

    for detector in built_in():
        yield f"detect.{detector.name}.{MIN_SCORE}", 0.0
        for name in _thresholds_of(detector):
            yield f"detect.{detector.name}.{name}", getattr(detector, name)


def _thresholds_of(detector: Any) -> tuple[str, ...]:
    """The fields of a rule that can be set: its numbers and its yes-or-no, but for the version."""
    numbers = (item.name for item in fields(detector) if isinstance(getattr(detector, item.name), (int, float)))
    return tuple(name for name in numbers if name != "version")


def _default(item: Field[Any]) -> Any:
    return item.default if item.default_factory is MISSING else item.default_factory()


def value_of(settings: Settings, name: str) -> Any:
    """The value of ``section.name``."""
    section, _, rest = name.partition(".")
    if section == "detect":
        rule, _, threshold = rest.partition(".")
        return settings.detect[rule][threshold]
    return getattr(getattr(settings, section), rest)


def allowed(item: Field[Any]) -> str:
    """The range of a setting in words, empty if there is none."""
    facts = item.metadata
    if facts["choices"]:
        return " or ".join(repr(choice) for choice in facts["choices"])
    low, high = facts["low"], facts["high"]
    bounds = f"{_plain(low)} to {_plain(high)}" if low is not None and high is not None else ""
    return f"{bounds} {facts['unit']}".strip() if bounds else ""


def _from_file(file: Path | None) -> Iterator[_Given]:
    if file is None:
        return
    text, parsed = _parse(file)
    for section, values in parsed.items():
        where = f"{file}:{_line(text, section, None)}"
        if section not in _SECTIONS:
            raise SettingsError(f"{where}: [{section}] is no section; {_nearest(section, _SECTIONS)}")
        if not isinstance(values, dict):
            raise SettingsError(f"{where}: {section} is a section; write [{section}] on a line of its own")
        for key, value in values.items():
            if section == "detect" and isinstance(value, dict):
                for name, number in value.items():
                    line = _line(text, f"detect.{key}", name)
                    yield _Given(f"detect.{key}.{name}", number, f"{file}:{line}", is_text=False)
            else:
                yield _Given(f"{section}.{key}", value, f"{file}:{_line(text, section, key)}", is_text=False)


def _parse(file: Path) -> tuple[str, dict[str, Any]]:
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415 - only commands that have a project need it
    else:
        import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    try:
        text = file.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from None


def _line(text: str, section: str, key: str | None) -> int:
    """The line (from 1) of a section or of a key in it; the parser tells none. 1 where the notation is unusual."""
    now, found = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if header:
            now = re.sub(r"[\s\"']", "", header[1])
            if now == section:
                found = number
        elif key is not None and now == section and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
            return number
    return found


def _from_environment(variables: Mapping[str, str]) -> Iterator[_Given]:
    known = {name.replace(".", "_").upper(): name for name, _ in table()}
    for variable in sorted(variables):
        if not variable.startswith(PREFIX) or variable in RESERVED or variable.startswith(RESERVED_PREFIXES):
            continue
        rest = variable.removeprefix(PREFIX)
        if rest.startswith("DETECT_") and "__" in rest:
            rule, _, threshold = rest.removeprefix("DETECT_").lower().partition("__")
            yield _Given(f"detect.{rule}.{threshold}", variables[variable], variable, is_text=True)
        elif rest in known:
            yield _Given(known[rest], variables[variable], variable, is_text=True)
        else:
            raise SettingsError(f"{variable}: there is no such setting; {_nearest(rest, known, PREFIX)}")


def _from_flags(flags: Mapping[str, Any]) -> Iterator[_Given]:
    for name, value in flags.items():
        yield _Given(name, value, "flag", is_text=isinstance(value, str))


def _with(settings: Settings, given: _Given) -> Settings:
    section, _, rest = given.name.partition(".")
    if section == "detect":
        return replace(settings, detect=_with_threshold(settings.detect, rest, given))
    items = {name.partition(".")[2]: item for name, item in table() if name.startswith(f"{section}.")}
    if not items:
        raise SettingsError(f"{given.origin}: {given.name} is no setting; {_nearest(section, _SECTIONS)}")
    if rest not in items:
        raise SettingsError(f"{given.origin}: {given.name} is no setting; {_nearest(rest, items, f'{section}.')}")
    value = _read(given, items[rest])
    return replace(settings, **{section: replace(getattr(settings, section), **{rest: value})})


def _with_threshold(
    detect: Mapping[str, Mapping[str, float]], rest: str, given: _Given
) -> dict[str, Mapping[str, float]]:
    from counterspin.detect import MIN_SCORE, built_in  # noqa: PLC0415 - only where a threshold is set

    rule, _, threshold = rest.partition(".")
    known = {detector.name: detector for detector in built_in()}
    if rule not in known:
        raise SettingsError(f"{given.origin}: detect.{rule} is no rule; {_nearest(rule, known, 'detect.')}")
    if threshold == MIN_SCORE:
        return {**detect, rule: {**detect.get(rule, {}), threshold: _share(given)}}
    names = _thresholds_of(known[rule])
    if threshold not in names:
        near = _nearest(threshold, (MIN_SCORE, *names), f"detect.{rule}.")
        raise SettingsError(f"{given.origin}: {given.name} is no threshold; {near}")
    value = _number(given, type(getattr(known[rule], threshold)))
    return {**detect, rule: {**detect.get(rule, {}), threshold: value}}


def _share(given: _Given) -> float:
    value = float(_number(given, float))
    if not 0 <= value <= 1:
        raise SettingsError(f"{given.origin}: {given.name} is {given.value!r}; allowed is 0 to 1")
    return value


def _number(given: _Given, kind: type) -> Any:
    value = given.value
    try:
        if given.is_text:
            value = _TRUE[value.lower()] if kind is bool else kind(value)
    except (ValueError, KeyError):
        raise SettingsError(f"{given.origin}: {given.name} is {given.value!r}; give a number") from None
    if isinstance(value, bool) is not (kind is bool) or not isinstance(value, (int, float)):
        raise SettingsError(f"{given.origin}: {given.name} is {given.value!r}; give a number")
    return float(value) if kind is float else value


def _read(given: _Given, item: Field[Any]) -> Any:
    """The value in the type of the setting and in its range."""
    value = _as_type(given, _default(item))
    facts = item.metadata
    low, high = facts["low"], facts["high"]
    outside = (low is not None and value < low) or (high is not None and value > high)
    if outside or (facts["choices"] and value not in facts["choices"]) or value != value:  # noqa: PLR0124 - NaN
        raise SettingsError(f"{given.origin}: {given.name} is {given.value!r}; allowed is {allowed(item)}")
    return value


def _as_type(given: _Given, default: Any) -> Any:
    value, where = given.value, f"{given.origin}: {given.name} is {given.value!r}"
    if isinstance(default, bool):
        if given.is_text and str(value).lower() in _TRUE:
            return _TRUE[str(value).lower()]
        if isinstance(value, bool):
            return value
        raise SettingsError(f"{where}; give true or false")
    if isinstance(default, (int, float)):
        return _as_number(given, type(default), where)
    if isinstance(default, tuple):
        parts = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        if isinstance(parts, (list, tuple)) and all(isinstance(part, str) for part in parts):
            return tuple(parts)
        raise SettingsError(f"{where}; give a list of texts")
    if isinstance(value, str):
        return value
    raise SettingsError(f"{where}; give a text in quotes")


def _as_number(given: _Given, kind: type, where: str) -> int | float:
    value = given.value
    try:
        if given.is_text:
            value = float(value) if kind is float else int(str(value).replace("_", ""))
    except ValueError:
        value = None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or (kind is int and isinstance(value, float)):
        raise SettingsError(f"{where}; give a {'whole ' if kind is int else ''}number")
    return float(value) if kind is float else value


def _nearest(word: str, names: Any, prefix: str = "") -> str:
    near = get_close_matches(word, list(names), n=1, cutoff=0.5)
    if near:
        return f"did you mean {prefix}{near[0]}?"
    return f"there are {', '.join(f'{prefix}{name}' for name in names)}"


def _plain(number: float) -> str:
    return f"{number:g}" if number < 1e6 else f"{int(number)}"

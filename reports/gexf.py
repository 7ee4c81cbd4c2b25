"""The link network as GEXF 1.3, for Gephi and its kin."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from reports.safe import line
from reports.values import Network, Node

_NAMESPACE = "http://gexf.net/1.3"
_ATTRIBUTES = (("crawled", "boolean"), ("group", "integer"), ("degree", "integer"))


def render(network: Network) -> str:
    """``network`` as XML; characters that XML cannot hold are shown as marks."""
    root = ET.Element("gexf", {"xmlns": _NAMESPACE, "version": "1.3"})
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    declared = ET.SubElement(graph, "attributes", {"class": "node"})
    for number, (title, kind) in enumerate(_ATTRIBUTES):
        ET.SubElement(declared, "attribute", {"id": str(number), "title": title, "type": kind})
    nodes = ET.SubElement(graph, "nodes")
    for number, node in enumerate(network.nodes):
        _node(nodes, number, node)
    edges = ET.SubElement(graph, "edges")
    for number, edge in enumerate(network.edges):
        facts = {"id": number, "source": edge.source, "target": edge.target, "weight": edge.pages}
        ET.SubElement(edges, "edge", {name: str(value) for name, value in facts.items()})
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _node(nodes: ET.Element, number: int, node: Node) -> None:
    element = ET.SubElement(nodes, "node", {"id": str(number), "label": line(node.domain)})
    values = ET.SubElement(element, "attvalues")
    facts: Iterable[object] = (str(node.crawled).lower(), node.group, node.degree)
    for place, value in enumerate(facts):
        ET.SubElement(values, "attvalue", {"for": str(place), "value": str(value)})

"""A reader of Gambit .efg files, written from the format's description alone."""

import re
from dataclasses import dataclass
from fractions import Fraction

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{},]|[^\s{},"]+')


@dataclass
class Node:
    kind: str
    player: int = 0
    information_set: int = 0
    name: str = ""
    branches: tuple = ()
    probabilities: tuple = ()
    outcome: int = 0
    payoffs: tuple = ()
    children: tuple = ()


class Reader:
    def __init__(self, text):
        self.tokens = TOKEN.findall(text)
        assert self.take() == "EFG" and self.take() == "2" and self.take() == "R"
        self.title = self.text()
        self.players = [unquote(t) for t in self.block()]
        self.comment = self.text()
        self.root = self.node()
        assert not self.tokens

    def take(self):
        return self.tokens.pop(0)

    def text(self):
        return unquote(self.take())

    def block(self):
        assert self.take() == "{"
        end = self.tokens.index("}")
        inside, self.tokens = self.tokens[:end], self.tokens[end + 1 :]
        return [t for t in inside if t != ","]

    def node(self):
        kind = self.take()
        assert self.text() == ""
        return {"c": self.draw, "p": self.decision, "t": self.leaf}[kind]()

    def draw(self):
        number, name, block = int(self.take()), self.text(), self.block()
        assert self.take() == "0"
        names, chances = tuple(map(unquote, block[::2])), tuple(map(Fraction, block[1::2]))
        children = tuple(self.node() for _ in names)
        return Node("c", 0, number, name, names, chances, children=children)

    def decision(self):
        player, number, name = int(self.take()), int(self.take()), self.text()
        names = tuple(map(unquote, self.block()))
        assert self.take() == "0"
        return Node("p", player, number, name, names, children=tuple(self.node() for _ in names))

    def leaf(self):
        number, name = int(self.take()), self.text()
        return Node("t", name=name, outcome=number, payoffs=tuple(map(Fraction, self.block())))


def unquote(token):
    assert token[0] == token[-1] == '"'
    return token[1:-1].replace('\\"', '"')


def leaves(node, path=(), chance=Fraction(1)):
    """Every leaf with its path of (player, information set, branch) and the probability of Nature's draws."""
    if node.kind == "t":
        yield path, chance, node
    for k, child in enumerate(node.children):
        step = (node.player, node.information_set, node.branches[k])
        yield from leaves(child, (*path, step), chance * (node.probabilities[k] if node.kind == "c" else 1))

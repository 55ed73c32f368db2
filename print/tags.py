"""The reading order of a PDF: which words are heading, list or figure, card by card.

Marked contents of a face live in its Form XObject, those of stamps on the page. Every one gets an owner
here, and the owners go into the parent tree, so that nothing on paper is unreachable by ear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from print.face import Tag
from print.pdf import Name, Plain, Raw, Ref, Writer


@dataclass
class Content:
    """A content stream while it gets its owners: a page, or a form on a page."""

    page: Ref
    form: Ref | None = None
    owners: list[Ref | None] = field(default_factory=list)

    def kid(self, number: int, owner: Ref) -> Raw:
        """Register the owner of one marked content and return how the owner points to it."""
        self.owners += [None] * (number + 1 - len(self.owners))
        self.owners[number] = owner
        if self.form is None:
            return Raw(b"%d" % number)
        return Raw(b"<</Type/MCR/Pg %d 0 R/Stm %d 0 R/MCID %d>>" % (self.page.number, self.form.number, number))


@dataclass(frozen=True)
class Stamped:
    """A stamp on a page, ready to be put in the reading order."""

    role: str
    number: int
    extra: bytes


class Tree:
    """Collects the reading order of one document."""

    def __init__(self, pdf: Writer) -> None:
        self._pdf = pdf
        self.root, self._document, self._parents = pdf.reserve(), pdf.reserve(), pdf.reserve()
        self._kids: list[tuple[int, Ref]] = []
        self._sections: dict[int, tuple[Ref, str, list[Ref]]] = {}
        self._owners: list[Plain] = []

    def add(
        self, index: int, name: str, tags: list[Tag], face: Content, page: Content, stamps: Mapping[str, Stamped]
    ) -> None:
        """Add what one face of a card says; stamps come where their slot is, or last.

        A face without words of its own adds only its stamps, without a section around them.
        """
        if not tags:
            self._kids += [(index, self._stamp(stamp, self._document, page)) for stamp in stamps.values()]
            return
        if index not in self._sections:
            self._sections[index] = (self._pdf.reserve(), name, [])
            self._kids.append((index, self._sections[index][0]))
        section, _, kids = self._sections[index]
        waiting = dict(stamps)
        kids += [ref for tag in tags if (ref := self._element(tag, section, face, page, waiting))]
        kids += [self._stamp(stamp, section, page) for stamp in waiting.values()]

    def register(self, content: Content) -> int:
        """Close a content stream and return its key in the parent tree (its StructParents)."""
        self._owners.append(content.owners)
        return len(self._owners) - 1

    def finish(self) -> None:
        """Write what is left: sections, document, parent tree and root."""
        put = self._pdf.put
        for ref, name, kids in self._sections.values():
            put({"Type": Name("StructElem"), "S": Name("Sect"), "P": self._document, "T": name, "K": kids}, ref)
        kids = [ref for _, ref in sorted(self._kids, key=itemgetter(0))]
        put({"Type": Name("StructElem"), "S": Name("Document"), "P": self.root, "K": kids}, self._document)
        put({"Nums": [item for key, owners in enumerate(self._owners) for item in (key, owners)]}, self._parents)
        put(
            {
                "Type": Name("StructTreeRoot"),
                "K": [self._document],
                "ParentTree": self._parents,
                "ParentTreeNextKey": len(self._owners),
            },
            self.root,
        )

    def _element(
        self, tag: Tag | str, parent: Ref, face: Content, page: Content, waiting: dict[str, Stamped]
    ) -> Ref | None:
        if isinstance(tag, str):
            stamp = waiting.pop(tag, None)
            return self._stamp(stamp, parent, page) if stamp else None
        ref = self._pdf.reserve()
        kids = []
        for kid in tag[1:]:
            if isinstance(kid, int):
                kids.append(face.kid(kid, ref))
            elif below := self._element(kid, ref, face, page, waiting):
                kids.append(Raw(b"%d 0 R" % below.number))
        return self._put(tag[0], parent, face.page, b" ".join(kids), b"", ref)

    def _stamp(self, stamp: Stamped, parent: Ref, page: Content) -> Ref:
        ref = self._pdf.reserve()
        return self._put(stamp.role, parent, page.page, page.kid(stamp.number, ref), stamp.extra, ref)

    def _put(self, role: str, parent: Ref, page: Ref, kids: bytes, extra: bytes, ref: Ref) -> Ref:
        own = (role.encode(), parent.number, page.number, extra, kids)
        return self._pdf.put(Raw(b"<</Type/StructElem/S/%s/P %d 0 R/Pg %d 0 R%s/K[%s]>>" % own), ref)

"""A study as the later stages see it: contacts, their comments, and where they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

#: Columns of one contact, in the order of ``kommentarer.csv``; the comments and questions come beside them.
CONTACT_COLUMNS = (
    "henvendelse",
    "kundesenter",
    "klasse",
    "kanal",
    "shopper",
    "dato",
    "besvart",
    "totalscore",
)


@dataclass(frozen=True)
class Study:
    """One mystery shopping study, read and checked.

    Parameters
    ----------
    contacts : pandas.DataFrame
        One row per contact in input order: the columns of `CONTACT_COLUMNS` (all of them, missing ones
        filled with missing values), then the question columns, then ``kommentar_1 .. kommentar_k``.
        ``henvendelse``, ``kundesenter``, ``klasse``, ``kanal`` and ``shopper`` are text; ``dato`` is text
        (ISO 8601, ``YYYY-MM-DD``, or ``YYYY`` where the file gives years); ``besvart`` is ``ja``/``nei``;
        ``totalscore`` is a number on the study's own scale.
    questions : tuple of str
        The question columns, in input order.
    source : str
        File name (no folder), or ``"eksempelstudie"``.
    sha256 : str
        Hash of the input file's bytes.
    score_range : tuple of float
        Lowest and highest possible score, default ``(0, 100)``.
    rejected : pandas.DataFrame
        Rows set aside: ``linje`` (line number in the file, header = 1), ``kolonne``, ``grunn``. Never text.
    notes : tuple of str
        Norwegian sentences about what was read otherwise than it stands: columns left out, dates missing.

    Examples
    --------
    >>> import pandas as pd
    >>> contacts = pd.DataFrame({"henvendelse": ["1"], "kundesenter": ["A"], "klasse": ["Bank"],
    ...     "kanal": ["telefon"], "shopper": ["s001"], "dato": ["2021-01-05"], "besvart": ["ja"],
    ...     "totalscore": [80.0], "kommentar_1": ["Lyttet godt."], "kommentar_2": [None]})
    >>> study = Study(contacts)
    >>> study.comments[["henvendelse", "kommentar_nr", "tekst"]].values.tolist()
    [['1', 1, 'Lyttet godt.'], ['1', 2, None]]
    """

    contacts: pd.DataFrame
    questions: tuple[str, ...] = ()
    source: str = ""
    sha256: str = ""
    score_range: tuple[float, float] = (0.0, 100.0)
    rejected: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["linje", "kolonne", "grunn"])
    )
    notes: tuple[str, ...] = ()

    @property
    def comment_columns(self) -> tuple[str, ...]:
        """Names of the comment columns, ``kommentar_1`` first."""
        found = [c for c in self.contacts.columns if c.startswith("kommentar_") and c[10:].isdigit()]
        return tuple(sorted(found, key=lambda c: int(c[10:])))

    @property
    def comments(self) -> pd.DataFrame:
        """One row per comment, empty ones too, in input order.

        Columns: ``henvendelse, kommentar_nr``, the rest of `CONTACT_COLUMNS`, the questions, ``tekst``
        (``None`` when empty).
        """
        base = self.contacts[[*CONTACT_COLUMNS, *self.questions]]
        parts = []
        for column in self.comment_columns:
            part = base.copy()
            part.insert(1, "kommentar_nr", int(column[10:]))
            part["tekst"] = self.contacts[column].astype(object).where(self.contacts[column].notna(), None)
            parts.append(part)
        if not parts:
            return base.assign(kommentar_nr=pd.Series(dtype=int), tekst=None).iloc[:0]
        rows = pd.concat(parts, keys=range(len(parts)), names=["_nr", "_row"])
        return rows.sort_index(level=["_row", "_nr"]).reset_index(drop=True)

    def mask(self) -> Study:
        """Return the study with personal data masked in every comment; names of centres and classes stay."""
        from textinnsikt.language import mask_all

        keep = {str(name) for c in ("kundesenter", "klasse") for name in self.contacts[c].dropna().unique()}
        return self.with_texts(mask_all(list(self.comments["tekst"]), keep=keep))

    def with_texts(self, texts: Sequence[str | None]) -> Study:
        """Return the same study with other comment texts, one per row of `comments` in that order."""
        contacts = self.contacts.copy()
        columns = self.comment_columns
        values = [text if isinstance(text, str) else None for text in texts]
        for offset, column in enumerate(columns):
            contacts[column] = pd.Series(values[offset :: len(columns)], index=contacts.index, dtype=object)
        return replace(self, contacts=contacts)

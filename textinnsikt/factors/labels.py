"""Labelled contacts: what a person read in the comments of contacts drawn with a known probability."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from textinnsikt.errors import InputError
from textinnsikt.study import MENTIONS, VALUES, TaggedStudy
from textinnsikt.themes import Codebook
from textinnsikt.themes.labelled import read_labelled

#: The column with each contact's probability of being drawn.
PROBABILITY = "trekksannsynlighet"
#: Its stratum, where the file says; else contacts with the same probability are one.
STRATUM = "stratum"
#: Ending of a column with what a model that had not seen the row says: ``lytting_utenfor``.
OUT_OF_FOLD = "_utenfor"
_KEYS = ["henvendelse", "kommentar_nr"]


@dataclass(frozen=True)
class Labels:
    """Contacts whose comments have all been read and labelled by a person.

    Parameters
    ----------
    contacts : pandas.DataFrame
        Indexed by ``henvendelse``: the mention columns (0/1, as read), ``trekksannsynlighet`` (above 0, at most 1),
        ``stratum`` (number) and, where the file has out-of-fold predictions, ``T:positiv_utenfor`` and
        ``T:negativ_utenfor``.
    name : str
        Name of the file.

    Notes
    -----
    Within a stratum contacts count as drawn without replacement, a fixed number of them; strata are independent. That
    gives the probability of two contacts being drawn together.

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": ["a", "b"], "kommentar_nr": 1, "tekst": ["Lyttet.", "Nei."],
    ...     "lytting": ["positiv", "ingen"]})
    >>> read = comments.assign(lytting=["positiv", "negativ"], trekksannsynlighet=[0.5, 0.5])
    >>> labels = Labels.of(read, TaggedStudy(comments, ("lytting",)))
    >>> labels.contacts["lytting:negativ"].tolist(), labels.contacts["trekksannsynlighet"].tolist()
    ([0.0, 1.0], [0.5, 0.5])
    """

    contacts: pd.DataFrame
    name: str = "merkene"

    @classmethod
    def read(cls, path: str | Path, tagged: TaggedStudy) -> Labels:
        """Read a labelled file, as `themes.labelled.read_labelled` does, and check it against the study.

        Raises
        ------
        InputError
            Names the faulty column or row, and what to do.
        """
        book = Codebook.from_dict({"tema": {theme: {} for theme in tagged.themes}})
        return cls.of(read_labelled(path, book), tagged, Path(path).name)

    @classmethod
    def of(cls, rows: pd.DataFrame, tagged: TaggedStudy, name: str = "merkene") -> Labels:
        """Check labelled comments against the study they are drawn from.

        Parameters
        ----------
        rows : pandas.DataFrame
            One row per comment: ``henvendelse``, ``kommentar_nr``, the themes, ``trekksannsynlighet``; optional
            ``stratum``, ``del`` and ``T_utenfor`` for each theme T.
        tagged : TaggedStudy
        name : str
            Name of the file, for messages.

        Raises
        ------
        InputError
            Where the labels cannot correct anything: no probability, used in training without out-of-fold
            predictions, contacts only partly labelled or not in the study, an empty or unknown theme value.
        """
        missing = [c for c in [*_KEYS, *tagged.themes] if c not in rows]
        if missing:
            raise InputError(f"{name} mangler kolonnen «{missing[0]}», som trengs for å rette for merkefeil.")
        if PROBABILITY not in rows:
            raise InputError(
                f"{name} mangler kolonnen «{PROBABILITY}». Uten den er det ukjent hvordan henvendelsene ble trukket, "
                "og da "
                "kan merkene ikke rette for merkefeil; trekk dem med «textinnsikt label»."
            )
        rows = rows.reset_index(drop=True).assign(henvendelse=rows["henvendelse"].astype(str).to_numpy())
        outside = [f"{theme}{OUT_OF_FOLD}" for theme in tagged.themes]
        _demand_unseen(rows, outside, name)
        _demand_whole(rows, tagged, name)
        probability = _probability(rows, name)
        groups = rows["henvendelse"]
        parts = {}
        suffixes = ("", OUT_OF_FOLD) if set(outside) <= set(rows) else ("",)
        rows = _with_values(rows, [f"{theme}{suffix}" for suffix in suffixes for theme in tagged.themes], tagged, name)
        for theme in tagged.themes:
            for suffix in suffixes:
                for mention in MENTIONS:
                    hit = rows[f"{theme}{suffix}"].isin([mention, "blandet"]).groupby(groups).any()
                    parts[f"{theme}:{mention}{suffix}"] = hit.astype(float)
        found = pd.DataFrame(parts).sort_index()
        found[PROBABILITY] = probability.groupby(groups).first()
        stratum = rows[STRATUM] if STRATUM in rows else probability.round(12)
        found[STRATUM] = pd.factorize(stratum.groupby(groups).first().reindex(found.index), sort=True)[0]
        return cls(found, name)


def _demand_unseen(rows: pd.DataFrame, outside: list[str], name: str) -> None:
    """Refuse labels that the model has learnt from, unless predictions that had not seen them stand beside."""
    if "del" not in rows or set(outside) <= set(rows):
        return
    seen = rows["del"].isin(["trening", "validering"])
    if seen.any():
        raise InputError(
            f"{name}: {int(seen.sum())} av {len(rows)} rader er brukt i treningen (del "
            f"«{rows.loc[seen, 'del'].iloc[0]}»), "
            "og der treffer modellen bedre enn ellers. Ta dem ut, eller legg ved prediksjoner fra en modell som ikke "
            "har "
            f"sett dem, i kolonnene {', '.join(f'«{c}»' for c in outside)}."
        )


def _demand_whole(rows: pd.DataFrame, tagged: TaggedStudy, name: str) -> None:
    """Demand that the contacts are in the study and that each has all its comments labelled, once."""
    numbers = pd.to_numeric(rows["kommentar_nr"], errors="coerce")
    known = tagged.comments.loc[tagged.comments["tekst"].notna(), _KEYS]
    strange = rows.index[~rows["henvendelse"].isin(tagged.comments["henvendelse"].astype(str))]
    if len(strange):
        raise InputError(
            f"{name}, linje {strange[0] + 2}: henvendelse «{rows.at[strange[0], 'henvendelse']}» finnes ikke i den "
            "merkede "
            "studien; bruk merker fra samme studie."
        )
    have = set(zip(rows["henvendelse"], numbers, strict=True))
    if len(have) < len(rows):
        twice = rows.index[pd.DataFrame({"h": rows["henvendelse"], "k": numbers}).duplicated()][0]
        raise InputError(f"{name}, linje {twice + 2}: kommentaren er merket to ganger; behold én rad per kommentar.")
    wanted = known[known["henvendelse"].astype(str).isin(rows["henvendelse"])]
    keys = zip(wanted["henvendelse"].astype(str), wanted["kommentar_nr"], strict=True)
    left = [key for key in keys if key not in have]
    if left:
        raise InputError(
            f"{name}: henvendelse «{left[0][0]}» er bare delvis merket (kommentar {left[0][1]} mangler); merk alle "
            "kommentarene i de henvendelsene som er trukket."
        )


def _with_values(rows: pd.DataFrame, columns: list[str], tagged: TaggedStudy, name: str) -> pd.DataFrame:
    """Demand a value in every theme cell of a comment that has text: an empty one is not the same as nothing said."""
    silent = tagged.comments.loc[tagged.comments["tekst"].isna(), _KEYS]
    empty = set(zip(silent["henvendelse"].astype(str), silent["kommentar_nr"], strict=True))
    numbers = pd.to_numeric(rows["kommentar_nr"], errors="coerce")
    told = np.array([key not in empty for key in zip(rows["henvendelse"], numbers, strict=True)], dtype=bool)
    cells = rows[columns].astype(object).where(rows[columns].notna(), "").astype(str)
    cells = cells.apply(lambda column: column.str.strip().str.lower())
    for column in columns:
        faulty = rows.index[~cells[column].isin(VALUES) & told]
        if len(faulty):
            value = cells.at[faulty[0], column]
            raise InputError(
                f"{name}, linje {faulty[0] + 2}: kolonnen «{column}» er {f'«{value}»' if value else 'tom'}, men må "
                f"være en av {', '.join(VALUES)}."
            )
    return rows.assign(**{column: cells[column] for column in columns})


def _probability(rows: pd.DataFrame, name: str) -> pd.Series:
    values = pd.to_numeric(rows[PROBABILITY].astype(str).str.replace(",", "."), errors="coerce")
    wrong = rows.index[~((values > 0) & (values <= 1))]
    if len(wrong):
        raise InputError(
            f"{name}, linje {wrong[0] + 2}: «{rows.at[wrong[0], PROBABILITY]}» i kolonnen «{PROBABILITY}» må være et "
            "tall over 0 "
            "og høyst 1."
        )
    unlike = values.groupby(rows["henvendelse"]).agg(np.ptp) > 1e-9
    if unlike.any():
        raise InputError(
            f"{name}: henvendelse «{unlike.idxmax()}» har ulik {PROBABILITY} på radene sine; den gjelder hele "
            "henvendelsen."
        )
    return values

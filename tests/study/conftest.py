"""Small studies that the tests of reading share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

HEADINGS = (
    "henvendelse;kundesenter;klasse;kanal;shopper;dato;besvart;totalscore;ventetid;kommentar_1;kommentar_2"
)
ROWS = (
    "17;Bank Ådal;Bank;telefon;Kari Ås;24.12.2020;ja;86,7;4;Hun hørte nøye etter og gjentok det jeg sa.;Kø",
    "18;Bank Ådal;Bank;e-post;Ola Øye;05.01.2021;ja;61,5;2;Raskt svar, men ingen spurte hva jeg trengte.;",
    "19;Strøm Sør;Energi;chat;Kari Ås;06.01.2021;nei;0;vet ikke;;",
)

Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write text or bytes to a file and return its path."""

    def write_file(content: str | bytes, name: str = "studie.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write_file


@pytest.fixture
def study_text() -> str:
    """A study of three contacts as semicolon CSV."""
    return "\n".join([HEADINGS, *ROWS]) + "\n"


@pytest.fixture
def study_frame() -> pd.DataFrame:
    """The same study as typed columns."""
    frame = pd.DataFrame([row.split(";") for row in ROWS], columns=HEADINGS.split(";"))
    frame["totalscore"] = frame["totalscore"].str.replace(",", ".").astype(float)
    frame["dato"] = pd.to_datetime(frame["dato"], format="%d.%m.%Y")
    frame["henvendelse"] = frame["henvendelse"].astype(int)
    frame["ventetid"] = pd.to_numeric(frame["ventetid"], errors="coerce")
    return frame

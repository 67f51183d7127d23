"""The tagger: comments in, themes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import torch
from sklearn.base import BaseEstimator
from transformers import PreTrainedTokenizerFast

from textinnsikt.errors import InputError
from textinnsikt.language import split_sentences
from textinnsikt.study import MENTIONS, Study, TaggedStudy
from textinnsikt.themes.adapter import attach, compress
from textinnsikt.themes.batches import fast_dtype, run_batches
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.embedded import NAME
from textinnsikt.themes.labelled import to_targets, to_values
from textinnsikt.themes.model import ThemeModel
from textinnsikt.themes.storage import load_folder, save_folder
from textinnsikt.themes.thresholds import Decisions
from textinnsikt.themes.training import Method, TrainingSettings, train_model
from textinnsikt.themes.windows import split_windows

Progress = Callable[[int, int], None]

#: Tokens in one window of a long comment.
MAX_TOKENS = 256


class ThemeTagger(BaseEstimator):
    """Classifies comments into themes with a BERT model.

    Parameters
    ----------
    codebook : Codebook, optional
        The themes; default is the shipped codebook.
    method : {"adapter", "full"}
        Keep what training changed as low-rank additions to the base, or all weights.
    epochs, learning_rate, batch_size, rank
        See `TrainingSettings`.
    seed : int
        Same seed and data give the same model on the same machine.

    Attributes
    ----------
    model_ : ThemeModel
        The network, adapters merged in.
    decisions_ : Decisions
        Calibration and thresholds.
    name_ : str
        Shown in the column ``modell``.
    hash_ : str
        First 12 hexadecimal digits of the hash of weights, codebook and thresholds; the column ``modell_hash``.

    Examples
    --------
    >>> tagger = ThemeTagger.load()
    >>> tagger.predict(["Hun hørte på meg til jeg var ferdig, men hadde ikke noe svar å gi."]).iloc[0].to_dict()
    {'lytting': 'positiv', 'behovskartlegging': 'ingen', 'løsning': 'negativ', 'mersalg': 'ingen'}
    """

    def __init__(
        self,
        codebook: Codebook | None = None,
        method: Method = "adapter",
        epochs: int = 5,
        learning_rate: float = 1e-4,
        batch_size: int = 16,
        rank: int = 46,
        seed: int = 0,
    ):
        self.codebook = codebook
        self.method = method
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.rank = rank
        self.seed = seed

    @classmethod
    def load(cls, path: str | Path | None = None) -> ThemeTagger:
        """Load a saved tagger; without a path, the one that the package ships.

        Raises
        ------
        InputError
            When the folder has no theme head, is from a newer version or holds a pickle.
        """
        if path is None:
            with as_file(files("textinnsikt.themes") / "model") as folder:
                return cls._from_folder(folder)
        return cls._from_folder(Path(path))

    @classmethod
    def _from_folder(cls, folder: Path) -> ThemeTagger:
        stored = load_folder(folder)
        settings = {k: v for k, v in stored.settings.items() if k in cls().get_params()}
        tagger = cls(codebook=stored.codebook, **settings)
        tagger._use(stored.model, stored.tokenizer, stored.decisions, stored.name, stored.hash)
        return tagger

    def _use(
        self, model: ThemeModel, tokenizer: PreTrainedTokenizerFast, decisions: Decisions, name: str, digest: str
    ) -> None:
        self.model_ = model.eval()
        torch.nn.Module.to(self.model_, fast_dtype())
        self.tokenizer_ = tokenizer
        self.decisions_ = decisions
        self.name_ = name
        self.hash_ = digest

    @property
    def _book(self) -> Codebook:
        return self.codebook or Codebook.load()

    def fit(
        self,
        texts: Sequence[str],
        labels: pd.DataFrame,
        validation: tuple[Sequence[str], pd.DataFrame] | None = None,
        start: ThemeTagger | None = None,
    ) -> Self:
        """Train on labelled comments.

        Parameters
        ----------
        texts : sequence of str
        labels : pandas.DataFrame
            One column per theme with ``ingen``, ``positiv``, ``negativ`` or ``blandet``.
        validation : tuple of (texts, labels), optional
            Chooses the best epoch, the calibration and the thresholds.
        start : ThemeTagger, optional
            A fitted tagger, of any codebook, whose encoder to go on from; default is the embedded base.

        Returns
        -------
        ThemeTagger
            Itself.
        """
        from textinnsikt.themes.embedded import load_embedded

        book = self._book
        settings = TrainingSettings(
            self.method, self.epochs, self.learning_rate, self.batch_size, self.rank, seed=self.seed
        )
        torch.manual_seed(self.seed)
        base, tokenizer = load_embedded()
        model = ThemeModel.from_base(base, book.outputs, self.seed)
        if start is not None:
            model.bert.load_state_dict(start.model_.bert.state_dict())
        held_out = None
        if validation is not None:
            held_out = (list(validation[0]), to_targets(validation[1], book))
        trained = train_model(model, tokenizer, list(texts), to_targets(labels, book), settings, held_out)
        self.training_settings_ = settings
        self.adapter_ = None
        if self.method == "adapter":
            origin, _ = load_embedded()
            self.adapter_ = compress(trained, origin, self.rank)
            trained = attach(ThemeModel.from_base(origin, book.outputs), self.adapter_)
        self._use(trained, tokenizer, Decisions.neutral(len(book.outputs)), NAME, "ulagret")
        if held_out is not None:
            self.decisions_ = Decisions.fit(self._logits(held_out[0]), held_out[1])
        return self

    def _logits(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """Return logits of texts that each fit in one window: texts x outputs, each distinct text computed once."""
        distinct = sorted(set(texts))
        if not distinct:
            return np.zeros((0, len(self._book.outputs)), dtype=np.float32)
        ids = self.tokenizer_(distinct, truncation=True, max_length=MAX_TOKENS)["input_ids"]
        done = 0

        def report(n: int) -> None:
            nonlocal done
            done += n
            if progress is not None:
                progress(done, len(distinct))

        logits = run_batches(self._forward, ids, int(self.tokenizer_.pad_token_id or 0), progress=report)
        place = {text: row for row, text in enumerate(distinct)}
        return logits[[place[text] for text in texts]]

    def _forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.model_(input_ids=input_ids, attention_mask=attention_mask).logits

    def predict_proba(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """Return calibrated probabilities.

        Parameters
        ----------
        texts : sequence of str
            A text longer than one window is read in windows of whole sentences; each output takes its highest.
        progress : callable, optional
            Called with texts done and texts in all.

        Returns
        -------
        numpy.ndarray
            float64 between 0 and 1 with four decimals, texts x outputs in the order of ``codebook.outputs``.
        """
        windows = [split_windows(text, self.tokenizer_, MAX_TOKENS) for text in texts]
        flat = [window for parts in windows for window in parts]
        probabilities = self.decisions_.probabilities(self._logits(flat, progress))
        if len(flat) == len(texts):
            return probabilities
        starts = np.cumsum([0, *[len(parts) for parts in windows[:-1]]])
        return np.maximum.reduceat(probabilities, starts, axis=0)

    def predict(self, texts: Sequence[str]) -> pd.DataFrame:
        """Return one value per theme: columns are the theme names, one row per text."""
        return to_values(self.decisions_.decide(self.predict_proba(texts)), self._book)

    def tag(self, study: Study, progress: Progress | None = None) -> TaggedStudy:
        """Tag every comment of a study.

        Parameters
        ----------
        study : Study
            Mask it first (`textinnsikt.mask`): the texts are copied into the result.
        progress : callable, optional
            Called with texts done and texts in all.

        Returns
        -------
        TaggedStudy
            With the columns of ``kommentarer.csv``; theme cells of empty comments are missing.
        """
        comments = study.comments
        texts = comments["tekst"]
        filled = texts.notna()
        distinct = sorted(set(texts[filled]))
        probabilities = self.predict_proba(distinct, progress)
        yes = self.decisions_.decide(probabilities)
        values = to_values(yes, self._book)
        sentences = self._carrying_sentences(distinct, yes)
        place = pd.Series(range(len(distinct)), index=pd.Index(distinct, dtype=object))
        rows = place.reindex(texts[filled]).to_numpy(dtype=int)
        for number, theme in enumerate(self._book.keys):
            columns: dict[str, Any] = {theme: values[theme].to_numpy(dtype=object)}
            for offset, mention in enumerate(MENTIONS):
                columns[f"{theme}_p_{mention}"] = probabilities[:, 2 * number + offset]
            columns[f"{theme}_setning"] = np.array([found.get(theme) for found in sentences], dtype=object)
            for name, column in columns.items():
                numeric = column.dtype != object
                cells = pd.Series(np.nan if numeric else None, index=comments.index, dtype=float if numeric else object)
                cells[filled] = column[rows]
                comments[name] = cells
        comments["modell"] = self.name_
        comments["modell_hash"] = self.hash_
        return TaggedStudy(
            comments=comments,
            themes=self._book.keys,
            questions=study.questions,
            source=study.source,
            sha256=study.sha256,
            score_range=study.score_range,
            n_rejected=len(study.rejected),
        )

    def _carrying_sentences(self, texts: Sequence[str], yes: np.ndarray) -> list[dict[str, str]]:
        """Return, per text, theme -> the sentence in which the theme's outputs are most probable."""
        pieces = [split_sentences(text) if row.any() else [] for text, row in zip(texts, yes, strict=True)]
        flat = sorted({piece for parts in pieces if len(parts) > 1 for piece in parts})
        scores = dict(zip(flat, self.predict_proba(flat), strict=True)) if flat else {}
        found: list[dict[str, str]] = []
        for text, parts, row in zip(texts, pieces, yes, strict=True):
            carriers = {}
            for number, theme in enumerate(self._book.keys):
                outputs = [i for i in (2 * number, 2 * number + 1) if row[i]]
                if outputs and len(parts) > 1:
                    carriers[theme] = max(parts, key=lambda piece: max(scores[piece][i] for i in outputs))
                elif outputs:
                    carriers[theme] = text
            found.append(carriers)
        return found

    def save(self, path: str | Path, metrics: dict[str, Any] | None = None, data_sha256: str = "") -> None:
        """Write the tagger to a folder: weights as safetensors, the rest as JSON, no pickle.

        Parameters
        ----------
        path : str or Path
            A folder; made if missing.
        metrics : dict, optional
            Written beside the thresholds.
        data_sha256 : str
            Hash of the labelled file.
        """
        if not hasattr(self, "training_settings_"):
            raise InputError("Bare en modell som nettopp er trent, kan lagres; en lastet modell er alt en mappe.")
        settings = self.training_settings_.to_dict()
        facts = {"innstillinger": settings, "maal": metrics or {}, "data_sha256": data_sha256}
        save_folder(Path(path), self.model_, self.adapter_, self.tokenizer_, self._book, self.decisions_, facts)

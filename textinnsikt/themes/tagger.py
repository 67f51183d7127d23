"""The tagger: comments in, themes out."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
import torch
from sklearn.base import BaseEstimator
from torch import nn

from textinnsikt.errors import InputError
from textinnsikt.language import split_sentences
from textinnsikt.study import MENTIONS, Study, TaggedStudy
from textinnsikt.themes.adapter import attach, compress
from textinnsikt.themes.batches import fast_dtype
from textinnsikt.themes.carriers import find_carriers
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.embedded import NAME
from textinnsikt.themes.evaluation import evaluate_decisions
from textinnsikt.themes.labelled import contacts_of, to_targets, to_values
from textinnsikt.themes.model import Pooling
from textinnsikt.themes.packed import run_model
from textinnsikt.themes.settings import Method, Progress, Start, TrainingSettings, choose_settings
from textinnsikt.themes.storage import load_folder, save_folder
from textinnsikt.themes.thresholds import LEAST_JUDGED, Decisions
from textinnsikt.themes.windows import highest, split_windows

if TYPE_CHECKING:
    from textinnsikt.themes.bases import Base
    from textinnsikt.themes.windows import Tokenizer

#: Tokens in one window of a long comment.
MAX_TOKENS = 256
#: A text whose probability is this close to a threshold is computed again in float32: bfloat16 moved no
#: probability near a threshold by more than 0.023 (3 779 comments), and so decides none that is 0.009 away from it.
NEAR = 0.014


class ThemeTagger(BaseEstimator):
    """Classifies comments into themes with a BERT model.

    Parameters
    ----------
    codebook : Codebook, optional
        The themes; default is the shipped codebook.
    method : {"adapter", "full"}
        Keep what training changed in the base, rounded (a few megabytes), or all weights.
    epochs, learning_rate, runs : optional
        See `TrainingSettings`; defaults are what `usual_epochs`, `usual_rate` and `usual_runs` in `settings` say.
    seed : int
        Same seed and data give the same model on the same machine.
    base : str, optional
        Folder or id of a Hugging Face encoder to train on; default is the embedded one.
    pooling : {"mean", "cls"}
        How a plain BERT's token vectors become one vector a comment.
    batch_size, patience, averaging, word_vectors
        See `TrainingSettings`.
    trust_remote_code : bool
        Run the base's own code, for bases that have some.

    Attributes
    ----------
    model_ : torch.nn.Module
        The network, adapters merged in.
    decisions_ : Decisions
        Calibration and thresholds.
    history_ : list of list of float
        Per run, mean average precision on the validation comments after each epoch.
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

    #: Tokens computed at a time, and where; set by those who stream.
    _tokens: int | None = None
    _device = "cpu"

    def __init__(
        self,
        codebook: Codebook | None = None,
        method: Method = "adapter",
        epochs: int | None = None,
        learning_rate: float | None = None,
        batch_size: int = 16,
        seed: int = 0,
        base: str | None = None,
        pooling: Pooling = "mean",
        patience: int = 3,
        averaging: float = 0.99,
        runs: int | None = None,
        word_vectors: bool = True,
        trust_remote_code: bool = False,
    ):
        self.codebook = codebook
        self.method = method
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.seed = seed
        self.base = base
        self.pooling = pooling
        self.patience = patience
        self.averaging = averaging
        self.runs = runs
        self.word_vectors = word_vectors
        self.trust_remote_code = trust_remote_code

    @classmethod
    def load(cls, path: str | Path | None = None, trust_remote_code: bool = False) -> ThemeTagger:
        """Load a saved tagger; without a path, the one that the package ships.

        Raises
        ------
        InputError
            When the folder has no theme head, is from a newer version, holds a pickle, or needs code of its own and
            ``trust_remote_code`` is not given.
        """
        if path is None:
            with as_file(files("textinnsikt.themes") / "model") as folder:
                return cls._from_folder(folder, trust_remote_code)
        return cls._from_folder(Path(path), trust_remote_code)

    @classmethod
    def _from_folder(cls, folder: Path, trust_remote_code: bool) -> ThemeTagger:
        stored = load_folder(folder, trust_remote_code)
        settings = {k: v for k, v in stored.settings.items() if k in cls().get_params()}
        tagger = cls(codebook=stored.codebook, **settings)
        tagger._use(stored.model, stored.tokenizer, stored.decisions, stored.name, stored.hash)
        return tagger

    def _use(self, model: nn.Module, tokenizer: Tokenizer, decisions: Decisions, name: str, digest: str) -> None:
        """Take a float32 model into use, computed in the processor's fastest number format when it is an adapter.

        A full model is computed in float32 alone, as transformers itself would.
        """
        self.model_ = model.eval()
        self._dtype = fast_dtype() if self.method == "adapter" else torch.float32
        self.tokenizer_ = tokenizer
        self.decisions_ = decisions
        self.name_ = name
        self.hash_ = digest

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "model_")

    @property
    def _book(self) -> Codebook:
        return self.codebook or Codebook.load()

    def fit(
        self,
        texts: Sequence[str],
        labels: pd.DataFrame,
        validation: tuple[Sequence[str], pd.DataFrame] | None = None,
        start: ThemeTagger | None = None,
        checkpoints: Path | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Train on labelled comments.

        Parameters
        ----------
        texts : sequence of str
        labels : pandas.DataFrame
            One column per theme with ``ingen``, ``positiv``, ``negativ`` or ``blandet``.
        validation : tuple of (texts, labels), optional
            Chooses epoch, calibration and thresholds. Without it, each run leaves out a fifth (at most 300) for these.
        start : ThemeTagger, optional
            A fitted tagger on the same base whose encoder to go on from.
        checkpoints : Path, optional
            Folder for the state after each epoch; a fit that was killed goes on from there, to the same result.
        progress : callable, optional
            Called with training steps done and steps in all.

        Returns
        -------
        ThemeTagger
            Itself.
        """
        from textinnsikt.themes.plain import fold_calibration  # transformers is slow to start
        from textinnsikt.themes.training import take_over, train_model

        settings = self.training_settings_ = self._settings(len(texts), validation is not None, start is not None)
        base = self._load_base()
        if start is not None:
            take_over(base.model, start.model_)
        targets = to_targets(labels, self._book)
        held_out = (list(validation[0]), to_targets(validation[1], self._book)) if validation is not None else None
        groups = list(contacts_of(labels.assign(tekst=list(texts))))
        origin = self._load_base().model if self.method == "adapter" else None
        found = train_model(
            base.model, base.tokenizer, list(texts), targets, settings, held_out, groups, checkpoints, progress, origin
        )
        self.history_ = found.history
        self._take(base, targets, origin)
        judged, truth = found.logits, targets[found.rows]
        if held_out is not None:
            split = [split_windows(text, self.tokenizer_, MAX_TOKENS) for text in held_out[0]]
            judged, truth = highest(split, lambda windows: self._logits(windows, self._dtype)), held_out[1]
            targets = np.concatenate([targets, truth])
        decisions = Decisions.fit(judged, truth, targets) if len(judged) >= LEAST_JUDGED else self.decisions_
        self.decisions_ = fold_calibration(self.model_, decisions) if self.method == "full" else decisions
        return self

    def _take(self, base: Base, targets: np.ndarray, origin: nn.Module | None) -> None:
        """Make the trained weights of a base this tagger's own, as an adapter on the untrained one or a plain model."""
        from textinnsikt.themes.plain import to_plain
        from textinnsikt.themes.trainer import yes_weights

        self.adapter_ = compress(base.model, origin) if origin is not None else None
        trained = attach(origin, self.adapter_) if self.adapter_ and origin is not None else to_plain(base.model)
        self._use(trained, base.tokenizer, Decisions.unchecked(yes_weights(targets), targets), base.name, "ulagret")

    def check(self) -> None:
        """Raise an `InputError` when a parameter is out of range or the base cannot be found."""
        self._settings()
        if self.base is not None and self.base != NAME:
            from textinnsikt.themes.bases import check_base

            check_base(self.base, self.trust_remote_code)

    def _settings(self, n: int = 0, validated: bool = True, continued: bool = False) -> TrainingSettings:
        start: Start = "tagger" if continued else "embedded" if self.base in (None, NAME) else "base"
        return choose_settings(n, start, validated, {**self.get_params(deep=False), "max_tokens": MAX_TOKENS})

    def _load_base(self) -> Base:
        from textinnsikt.themes.bases import load_base

        return load_base(self.base, self._book.outputs, self.pooling, self.seed, self.trust_remote_code)

    def _logits(self, texts: Sequence[str], dtype: torch.dtype, progress: Progress | None = None) -> np.ndarray:
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

        pad_id = int(self.tokenizer_.pad_token_id or 0)
        logits = run_model(self.model_, ids, pad_id, self._tokens, self._device, report, dtype)
        place = {text: row for row, text in enumerate(distinct)}
        return logits[[place[text] for text in texts]]

    def _window_probabilities(self, windows: Sequence[str], progress: Progress | None) -> np.ndarray:
        probabilities = self.decisions_.probabilities(self._logits(windows, self._dtype, progress))
        if self._dtype is not torch.float32:
            near = np.flatnonzero(self.decisions_.is_near(probabilities, NEAR))
            again = self._logits([windows[int(place)] for place in near], torch.float32)
            probabilities[near] = self.decisions_.probabilities(again)
        return probabilities

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
        split = [split_windows(text, self.tokenizer_, MAX_TOKENS) for text in texts]
        return highest(split, lambda windows: self._window_probabilities(windows, progress))

    def predict(self, texts: Sequence[str]) -> pd.DataFrame:
        """Return one value per theme: columns are the theme names, one row per text."""
        return to_values(self.decisions_.decide(self.predict_proba(texts)), self._book)

    def score(self, texts: Sequence[str], labels: pd.DataFrame) -> float:
        """Return the mean F1 of the outputs, theme by polarity, on labelled comments."""
        yes = self.decisions_.decide(self.predict_proba(texts))
        return evaluate_decisions(labels, yes, codebook=self._book, draws=1).score("makro_f1")

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
        self._book.check_questions(study.questions)
        comments = study.comments
        texts = comments["tekst"]
        filled = texts.notna()
        distinct = sorted(set(texts[filled]))
        probabilities = self.predict_proba(distinct, progress)
        yes = self.decisions_.decide(probabilities)
        values = to_values(yes, self._book)
        sentences = self.carrying_sentences(distinct, yes)
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

    def carrying_sentences(self, texts: Sequence[str], yes: np.ndarray) -> list[dict[str, str]]:
        """Return, per text, theme -> the sentence that carries it, for the themes that it has.

        Parameters
        ----------
        texts : sequence of str
        yes : numpy.ndarray
            Decisions, texts x outputs.
        """
        pieces = [split_sentences(text) if row.any() else [] for text, row in zip(texts, yes, strict=True)]
        flat = sorted({piece for parts in pieces if len(parts) > 1 for piece in parts})
        chance = self.predict_proba(flat)
        scores = dict(zip(flat, chance, strict=True))
        return [
            find_carriers(text, parts, row, scores, self._book.keys)
            for text, parts, row in zip(texts, pieces, yes, strict=True)
        ]

    def save(
        self,
        path: str | Path,
        metrics: dict[str, Any] | None = None,
        data_sha256: str = "",
        data: dict[str, Any] | None = None,
    ) -> None:
        """Write the tagger to a folder: weights as safetensors, the rest as JSON, a model card, no pickle.

        Parameters
        ----------
        path : str or Path
            A folder; made if missing.
        metrics : dict, optional
            Part -> `Evaluation.to_dict`; into the model card.
        data_sha256 : str
            Hash of the labelled file.
        data : dict, optional
            What is to be said of the labelled file in the model card: name -> number or word.
        """
        if not hasattr(self, "training_settings_"):
            raise InputError("Bare en modell som nettopp er trent, kan lagres; en lastet modell er alt en mappe.")
        facts = {
            "grunnmodell": self.name_,
            "innstillinger": self.training_settings_.to_dict(),
            "historie": self.history_,
            "data": data or {},
            "maal": metrics or {},
            "data_sha256": data_sha256,
        }
        save_folder(Path(path), self.model_, self.adapter_, self.tokenizer_, self._book, self.decisions_, facts)

"""Training: it learns, it is the same each time, and it goes on where it was killed."""

import numpy as np
import pandas as pd
import pytest
import torch
from sklearn.base import clone
from sklearn.model_selection import KFold, cross_validate
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from tests.tiny import BOOK, LABELS, TEXTS
from textinnsikt import InputError, ThemeTagger
from textinnsikt.themes import to_targets, trainer, training
from textinnsikt.themes.adapter import attach, compress
from textinnsikt.themes.bases import load_base
from textinnsikt.themes.settings import RATE, RATE_FEW
from textinnsikt.themes.trainer import trained_weights, yes_weights
from textinnsikt.themes.training import SHARES, TrainingSettings, train_model

#: Forty-eight texts that all differ.
MORE_TEXTS = [text + " i" * (row // 4) for row, text in enumerate(TEXTS * 3)]
MORE = pd.concat([LABELS] * 3, ignore_index=True)


def _tagger(**settings):
    usual = {"method": "full", "runs": 2, "epochs": 4, "learning_rate": 2e-3, "batch_size": 4}
    return ThemeTagger(BOOK, **usual | settings)


def test_training_learns_and_the_same_seed_gives_the_same_model(tiny):
    one, two = (_tagger(epochs=30, patience=30, seed=1).fit(TEXTS, LABELS, (TEXTS, LABELS)) for _ in range(2))
    assert one.predict(TEXTS).equals(LABELS)
    assert np.array_equal(one.predict_proba(TEXTS), two.predict_proba(TEXTS))
    other = _tagger(epochs=2, seed=2).fit(TEXTS, LABELS)
    assert not np.array_equal(one.predict_proba(TEXTS), other.predict_proba(TEXTS))


@pytest.mark.parametrize(("killed_at", "validated"), [(2, True), (9, False), (16, True), (23, True), (23, False)])
def test_a_killed_training_goes_on_to_the_same_model(tiny, tmp_path, killed_at, validated):
    held = (TEXTS[:8], LABELS[:8]) if validated else None
    whole = _tagger().fit(TEXTS, LABELS, held)

    def stop(done, total):
        if done == killed_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _tagger().fit(TEXTS, LABELS, held, checkpoints=tmp_path, progress=stop)
    steps = []
    resumed = _tagger().fit(TEXTS, LABELS, held, checkpoints=tmp_path, progress=lambda done, _: steps.append(done))
    assert steps[0] == max(1, 4 * ((killed_at - 1) // 4) + 1) and steps[-1] == 32
    assert np.array_equal(resumed.predict_proba(TEXTS), whole.predict_proba(TEXTS))
    assert resumed.history_ == whole.history_
    # Killed after training, before the model was saved: nothing is trained again.
    again = _tagger().fit(TEXTS, LABELS, held, checkpoints=tmp_path, progress=stop)
    assert np.array_equal(again.predict_proba(TEXTS), whole.predict_proba(TEXTS))


def test_checkpoints_of_another_training_are_not_used(tiny, tmp_path):
    _tagger().fit(TEXTS, LABELS, checkpoints=tmp_path)
    turned = LABELS.iloc[::-1].reset_index(drop=True)
    again = _tagger().fit(TEXTS, turned, checkpoints=tmp_path)
    assert np.array_equal(again.predict_proba(TEXTS), _tagger().fit(TEXTS, turned).predict_proba(TEXTS))


def test_a_half_written_checkpoint_is_not_used(tiny, tmp_path):
    def stop(done, total):
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _tagger().fit(TEXTS, LABELS, checkpoints=tmp_path, progress=stop)
    half = tmp_path / "kjøring-1" / "checkpoint-8"
    half.mkdir()
    (half / "model.safetensors").write_bytes(b"halv")
    resumed = _tagger().fit(TEXTS, LABELS, checkpoints=tmp_path)
    assert np.array_equal(resumed.predict_proba(TEXTS), _tagger().fit(TEXTS, LABELS).predict_proba(TEXTS))


def test_training_stops_when_validation_gets_no_better(tiny, monkeypatch):
    monkeypatch.setattr(trainer, "judge", lambda _: {"average_precision": 0.5, "choice": 0.5})
    tagger = _tagger(epochs=10, patience=2).fit(TEXTS, LABELS, (TEXTS, LABELS))
    assert tagger.history_ == [[0.5] * 3] * 2


@pytest.mark.parametrize(("score", "weight"), [(0.5, 5.5), (0.3, 6.0)])
def test_runs_are_averaged_unless_the_mean_is_worse_than_each(tiny, monkeypatch, score, weight):
    def run(model, tokenizer, train, held_out, settings, *_):
        with torch.no_grad():
            model.classifier.bias.fill_(float(settings.seed))
        return [{5: 0.4, 6: 0.6}[settings.seed]]

    monkeypatch.setattr(training, "run_trainer", run)
    monkeypatch.setattr(training, "_score", lambda *_: score)
    base = load_base(None, BOOK.outputs)
    targets = to_targets(LABELS, BOOK)
    settings = TrainingSettings(seed=5, runs=2)
    found = train_model(base.model, base.tokenizer, TEXTS, targets, settings, (TEXTS, targets))
    assert found.history == [[0.4], [0.6]] and found.rows == []
    assert (base.model.classifier.bias == weight).all()


def test_the_change_is_halved_or_kept_as_the_validation_comments_gain(tiny, monkeypatch):
    def run(model, *_):
        with torch.no_grad():
            model.classifier.bias.fill_(10.0)
        return [0.5]

    targets, scores = to_targets(LABELS, BOOK), iter([0.5, 0.6, 0.9, 0.7])
    monkeypatch.setattr(training, "run_trainer", run)
    monkeypatch.setattr(training, "_start_head", lambda model, *_: model.classifier.bias.data.zero_())
    monkeypatch.setattr(training, "_score", lambda *_: next(scores))
    monkeypatch.setattr(training, "SHARES", (1.0, 0.5, 0.25))
    base = load_base(None, BOOK.outputs)
    train_model(base.model, base.tokenizer, TEXTS, targets, TrainingSettings(runs=2), (TEXTS, targets))
    assert (base.model.classifier.bias == 5.0).all()


def test_the_change_is_judged_as_it_will_be_stored(tiny, monkeypatch):
    def run(model, *_):
        with torch.no_grad():
            for weight in trained_weights(model).values():
                weight += 0.01 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(1))
        return [0.5]

    judged = []

    def score(model, *_):
        judged.append({name: weight.clone() for name, weight in trained_weights(model).items()})
        return 0.5

    monkeypatch.setattr(training, "run_trainer", run)
    monkeypatch.setattr(training, "_score", score)
    base, origin = load_base(None, BOOK.outputs), load_base(None, BOOK.outputs).model
    whole = origin.bert.embeddings.word_embeddings.weight.clone()
    targets = to_targets(LABELS, BOOK)
    train_model(base.model, base.tokenizer, TEXTS, targets, TrainingSettings(runs=1), (TEXTS, targets), origin=origin)
    assert torch.equal(origin.bert.embeddings.word_embeddings.weight, whole)
    stored = dict(attach(origin, compress(base.model, origin)).named_parameters())
    assert len(judged) == len(SHARES)
    matrices = [name for name in judged[0] if name.startswith("bert.encoder")]
    assert len(matrices) > 3
    for name in matrices:
        torch.testing.assert_close(judged[0][name], stored[name].detach(), rtol=0, atol=1e-7)
    words = judged[0]["bert.embeddings.word_embeddings.weight"]
    assert len(words) < len(whole)
    table = stored["bert.embeddings.word_embeddings.weight"].detach()
    assert all(torch.isclose(table, vector, rtol=0, atol=1e-7).all(1).any() for vector in words)


def test_each_run_is_judged_on_comments_it_left_out(tiny, monkeypatch):
    targets, trained_on = to_targets(MORE, BOOK), []

    def run(model, tokenizer, train, *_):
        trained_on.append(len(train))
        with torch.no_grad():
            model.classifier.bias.fill_(100.0 * len(trained_on))
        return []

    monkeypatch.setattr(training, "run_trainer", run)
    base = load_base(None, BOOK.outputs)
    found = train_model(base.model, base.tokenizer, MORE_TEXTS, targets, TrainingSettings(runs=2))
    assert trained_on == [39, 39] and len(found.rows) == len({*found.rows}) == 18
    first, second = found.logits[:9], found.logits[9:]
    assert first.shape == (9, 4) and (first < 150).all() and (second > 150).all()
    contacts = [str(row // 3) for row in range(len(MORE_TEXTS))]
    found = train_model(base.model, base.tokenizer, MORE_TEXTS, targets, TrainingSettings(runs=2), groups=contacts)
    assert len(found.rows) == 18 and all(found.rows.count(row // 3 * 3) == 1 for row in found.rows)
    # Nothing is judged on a text that was trained on.
    same = train_model(base.model, base.tokenizer, TEXTS * 3, targets, TrainingSettings(runs=2), groups=contacts)
    assert same.rows == []


def test_thresholds_are_chosen_without_validation_comments_unless_there_are_too_few(tiny):
    enough = _tagger(epochs=30).fit(MORE_TEXTS, MORE)
    assert enough.decisions_.recalls == (1.0, 0.0, 1.0, 1.0)  # nothing negative is said of the first theme
    few = _tagger(epochs=1).fit(TEXTS[:4], LABELS[:4])
    assert few.decisions_.precisions == ()


def test_it_works_as_scikit_learn_s_estimators_do(tiny):
    tagger = _tagger(epochs=3, seed=5)
    assert clone(tagger).get_params() == tagger.get_params()
    tidy = FunctionTransformer(lambda texts: [text.strip() for text in texts])
    found = cross_validate(Pipeline([("stell", tidy), ("tagger", tagger)]), TEXTS, LABELS, cv=KFold(2))
    assert found["test_score"].shape == (2,) and (found["test_score"] >= 0).all()


def test_a_start_on_another_base_is_refused(tiny, tagger):
    with pytest.raises(InputError, match="annen grunnmodell"):
        _tagger().fit(TEXTS, LABELS, start=tagger)


def test_few_comments_get_a_higher_rate_unless_they_go_on_from_a_tagger(tiny):
    bare = _tagger(epochs=1, learning_rate=None).fit(TEXTS, LABELS)
    further = _tagger(epochs=1, learning_rate=None).fit(TEXTS, LABELS, start=bare)
    given = _tagger(epochs=1, learning_rate=3e-5).fit(TEXTS, LABELS)
    assert [one.training_settings_.learning_rate for one in (bare, further, given)] == [RATE_FEW, RATE, 3e-5]


def test_settings_out_of_range_are_refused():
    numbers = [{name: 0} for name in ("epochs", "learning_rate", "patience", "runs")]
    for wrong in ({"method": "lora"}, {"pooling": "max"}, *numbers):
        with pytest.raises(InputError):
            TrainingSettings(**wrong)
    with pytest.raises(InputError):
        ThemeTagger(batch_size=0).check()


def test_rare_outputs_count_more():
    weights = yes_weights(np.array([[1, 0]] * 5 + [[0, 1]] + [[0, 0]] * 94))
    assert 1 < weights[0] < weights[1] <= 5

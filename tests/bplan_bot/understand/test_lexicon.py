from importlib.resources import files

import pytest
import yaml

from bplan_bot.understand.lexicon import Malformed, lexicon, read_lexicon
from bplan_bot.understand.question import Topic


def packaged():
    return yaml.safe_load(files("bplan_bot.understand").joinpath("lexicon.yaml").read_bytes())


def written(content):
    return yaml.safe_dump(content, allow_unicode=True).encode()


def test_the_packaged_lexicon_is_read_once():
    assert lexicon() is lexicon()


@pytest.mark.parametrize(
    ("break_it", "where"),
    [
        (lambda words: words.pop("stop"), "stop"),
        (lambda words: words["topics"].update(weather={}), "topics.weather"),
        (lambda words: words["topics"]["help"].update(sometimes=[]), "topics.help.sometimes"),
        (lambda words: words["topics"]["help"].update(alone=[False]), "topics.help.alone.0"),
        (lambda words: words["statuses"][0].update(statuses=["reached"]), "statuses.0.statuses.0"),
        (lambda words: words["statuses"][0].update(statuses=[]), "statuses.0.statuses"),
        (lambda words: words["synonyms"].update(nået=["..."]), "synonyms"),
        (lambda words: words.update(stop=["et", "ord"]), "stop"),
    ],
)
def test_a_malformed_lexicon_is_refused_with_its_place(break_it, where):
    words = packaged()
    break_it(words)
    with pytest.raises(Malformed, match=where):
        read_lexicon(written(words))


def test_a_lexicon_that_is_not_yaml_is_refused_with_its_line():
    with pytest.raises(Malformed, match="line 2"):
        read_lexicon(b"stop: [\n}")


def test_a_lexicon_that_is_no_mapping_is_refused():
    with pytest.raises(Malformed):
        read_lexicon(b"- stop")


def test_every_topic_of_the_lexicon_is_one_that_can_be_asked():
    assert set(lexicon().topics) <= set(Topic)

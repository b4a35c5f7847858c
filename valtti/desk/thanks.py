"""Is this letter nothing but thanks? In Finnish, Russian, English and Swedish (pure).

A suggestion only, so it errs on the side of being read: anything beyond greeting, thanks and name is no thanks.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORDS = 25

_THANKS = (
    # fi
    r"(?:(?:paljon|monet|suuret|suurkiitokset|tosi|oikein|sydämelliset|lämpimät)\s+)*"
    r"(?:kiitos|kiitoksia|kiitokset|kiitän|kiitti|kiitä|suurkiitos|suurkiitokset|kiitollinen)(?:\s+(?:paljon|kovasti|"
    r"oikein|todella|hirveästi|tuhannesti|nopeasta|hyvästä|ystävällisestä|vastauksesta|avusta|palvelusta|"
    r"tiedosta|pikaisesta|vielä|sinulle|teille|kaikesta|jo|etukäteen))*",
    # ru
    r"(?:(?:большое|огромное|сердечное|искреннее|вам|тебе|ещё|еще|раз)\s+)*"
    r"(?:спасибо|благодарю|благодарим|благодарна|благодарен|признательна|признателен|спс|спасибочки)"
    r"(?:\s+(?:большое|огромное|вам|тебе|за|быстрый|быструю|ответ|помощь|информацию|всё|все|ещё|еще|раз|"
    r"оперативность|оперативный|вас|очень|заранее|и))*",
    # en
    r"(?:(?:many|great|super|big|ok|okay|perfect|lovely|wonderful)\s+)*"
    r"(?:thanks|thank\s+you|thankyou|thx|ty|cheers|much\s+appreciated|appreciated|appreciate\s+it)"
    r"(?:\s+(?:a|lot|so|very|much|again|for|your|the|quick|prompt|fast|kind|help|reply|answer|response|"
    r"information|everything|all|you|ever|million|and))*",
    # sv
    r"(?:(?:stort|många|hjärtligt|jättestort|ett)\s+)*"
    r"(?:tack|tackar|tusen\s+tack)(?:\s+(?:så|mycket|för|hjälpen|svaret|det|snabba|snabbt|svar|hjälp|all|allt|"
    r"jättemycket|igen|än|en|gång|den|goda|informationen|på|förhand))*",
)
_PLEASANT = (
    r"hei|moi|terve|hyvää\s+(?:päivää|huomenta|iltaa|viikonloppua|jatkoa|kesää|joulua)|päivää|huomenta|mukavaa\s+\w+|"
    r"terveisin|terv|t|ystävällisin\s+terveisin|parhain\s+terveisin|yt|ok|okei|selvä|selvä\s+juttu|hyvä|hienoa|loistavaa|mahtavaa|"
    r"toimii|toimii\s+nyt|nyt\s+toimii|asia\s+kunnossa|kaikki\s+kunnossa|kaikki\s+ok",
    r"здравствуйте|здравствуй|добрый\s+(?:день|вечер)|доброе\s+утро|привет|с\s+уважением|всего\s+(?:доброго|хорошего|наилучшего)|"
    r"хорошего\s+(?:дня|вечера)|ясно|понятно|понял|поняла|хорошо|отлично|прекрасно|всё\s+работает|все\s+работает|"
    r"всё\s+получилось|все\s+получилось|всё\s+понятно|все\s+понятно|до\s+свидания",
    r"hi|hello|hey|dear\s+\w+|good\s+(?:morning|day|afternoon|evening)|best|best\s+regards|kind\s+regards|regards|br|"
    r"great|perfect|excellent|wonderful|got\s+it|ok|okay|all\s+good|it\s+works|it\s+works\s+now|works\s+now|"
    r"have\s+a\s+(?:nice|good|great)\s+\w+",
    r"hej|hejsan|god\s+(?:morgon|dag|kväll)|goddag|med\s+vänliga?\s+hälsning(?:ar)?|mvh|hälsningar|vänligen|bra|toppen|perfekt|"
    r"jättebra|okej|nu\s+fungerar\s+det|det\s+fungerar|ha\s+en\s+(?:bra|fin|trevlig)\s+\w+",
)
_thanks = re.compile(rf"(?:{'|'.join(_THANKS)})")
_whole_thanks = re.compile(rf"(?:{'|'.join(_THANKS)})\s*(?P<rest>.*)", re.DOTALL)
_pleasant = re.compile(rf"(?:{'|'.join(_PLEASANT)})")
_AFTER_COMMA = re.compile(r",[ ]*([A-ZÅÄÖА-ЯЁ]\w+)(?=\s*(?:[.!,]|$))", re.MULTILINE)
_SIGNED = re.compile(r"[-–—]?[ ]*[A-ZÅÄÖА-ЯЁ][\w-]+(?:[ ][A-ZÅÄÖА-ЯЁ]\w+)?[.!]?")
_PIECES = re.compile(r"[\n.!,;:()…–—]+|(?:^|\s)-+(?=\s|$)|\s{2,}")


def is_thanks(text: str, *, has_files: bool = False, names: tuple[str, ...] = ()) -> bool:
    """True for a short letter of thanks without question, figure or file. `names` may stand in it freely."""
    plain = _plain(text)
    words = plain.split()
    if has_files or not words or len(words) > LONGEST_WORDS or "?" in text or any(sign.isdigit() for sign in text):
        return False
    known = {part for name in (*names, *_addressed(text)) for part in _plain(name).split()}
    pieces = [piece for piece in (part.strip() for part in _PIECES.split(plain)) if piece]
    verdicts = [_piece(piece, known) for piece in pieces]
    return "thanks" in verdicts and None not in verdicts


def _addressed(text: str) -> list[str]:
    """Names in other spellings: after a comma in mid-sentence, or alone on the last of several lines."""
    found = _AFTER_COMMA.findall(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and _SIGNED.fullmatch(lines[-1]):
        found.append(lines[-1])
    return found


def _plain(text: str) -> str:
    kept = (sign for sign in unicodedata.normalize("NFC", text.casefold()) if unicodedata.category(sign) != "So")
    return "".join(kept).replace("\ufe0f", "").replace("'", "’")


def _piece(piece: str, known: set[str]) -> str | None:
    """thanks, pleasant, or None when the piece says something else."""
    words = piece.split()
    rest = " ".join(word for word in words if word not in known)
    if not rest:
        return "pleasant"
    found = _whole_thanks.fullmatch(rest)
    if found:
        return "thanks" if _is_pleasant(found["rest"]) else None
    if _is_pleasant(rest):
        return "pleasant"
    return _thanks_after_pleasant(rest)


def _is_pleasant(words: str) -> bool:
    return not words or _pleasant.fullmatch(words) is not None


def _thanks_after_pleasant(words: str) -> str | None:
    opening = _pleasant.match(words)
    if opening and _thanks.fullmatch(words[opening.end() :].strip()):
        return "thanks"
    return None

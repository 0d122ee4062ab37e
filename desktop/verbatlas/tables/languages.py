"""How likely a text is in each language that has encodings of its own, by the characters it is made of.

A wrong decoding hardly ever gives the characters that its language is made of. Two sources say which those are, neither
of them a table from elsewhere: the national standards put the characters in use before the rare ones, which Python's
codecs know; and for every language the commonest characters stand below in falling order, as its writers know them.
"""

import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

# The natural logarithm of the chance of a character that is not among the common ones of any language.
_ODD_SYMBOL, _FOREIGN, _CONTROL, _REPLACED = -13.0, -14.0, -16.0, -20.0
_PLAIN, _ODD_PLAIN = -3.6, -7.5
_JOINED_WRONGLY, _TWO_SCRIPTS = -4.0, -7.0
_ODD_ASCII = frozenset("[]\\^_`{}~@#$<>|*=+&")
_WESTERN_MARKS = "’“”–—…€„‚‘«»°£§·•©®™×¿¡\xa0ºª½²"
_EASTERN_MARKS = "，。、！？：；（）“”《》「」…—·【】『』～〜％‘’・　〈〉／＋－＝＆＃＊１２３４５６７８９０￥"
_SIMPLIFIED = (
    "的一是不了我在有人这他们来个大上中到时说地为子你生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于"
    "心学么之都好看起发当没成只如事把还用第样道想作种开手十用很没什么吃服务味快慢客户电话货质量东西价格机问题感觉太给"
    "但点老面等最高经二三四五六七八九前无进法两本长分新知见己动方定所理性实情些全部主美军外意者关打动员回关名日月路"
    "车边海放回业物体力气特比更请店买号单送包装坏热冷便宜贵退换差评商品建议产品评价编号使用系统更新网络软件希望非常"
    "满意态度及时间次今明早晚再被让从与或并且因所需应该真认其实现在它几先女男孩儿电池充耐人闪每已直接它页登录密码"
)
_TRADITIONAL = (
    "的一是不了我在有人這他們來個大上中到時說地為子你生國年著就那和要她出也得裡後自以會家可下而過天去能對小多然於"
    "心學麼之都好看起發當沒成只如事把還用第樣道想作種開手十用很沒什麼吃服務味快慢客戶電話貨質量東西價格機問題感覺太給"
    "但點老面等最高經二三四五六七八九前無進法兩本長分新知見己動方定所理性實情些全部主美軍外意者關打動員回關名日月路"
    "車邊海放回業物體力氣特比更請店買號單送包裝壞熱冷便宜貴退換差評商品建議產品評價編號使用系統更新網路軟體希望非常"
    "滿意態度及時間次今明早晚再被讓從與或並且因所需應該真認其實現在它幾先女男孩兒電池充耐人閃每已直接頁登錄密碼"
    "嘅咗唔佢哋喺冇啲嚟嗰咁"
)
_KANA = (
    "いのんーとしたにではすなるかがてれをもまくりっきこらさうよあせけだどおつえみそイスンルトラアドクリレわじシめテばたコ"
    "ッろカサほャメタぶびマョュやべフプムロデャジキちへごずげむねバパチオグぎエウせはひぐニ"
    "ァビケノワモボハベナソゆセミダポハエャツピゼネヤガふぞゃょゅヒゲユォェゴブペィヘギズザホ"
)
_KANJI = (
    "日一人大年本中出時上行分事生会者地合自発見前月方下思間手対新場部定後入物業三社的品用気作二動国高同問長使名"
    "学体話店表示金最度変安代性数当意書元好期強取便料理切配送早返番号商質員客買電池届丁寧画面更不満足良悪何言私待応答"
)
_SYLLABLES = (
    "이다는에가을의고하지도은를로한기서사리어니요아나대자수스인시해것있거정일보그라만으주제게성전과부들원안상면구소동여"
    "용장할무비지신조연습미유오세관공선드마치계실중되문개방국생바려경화물진트출모러없적회행간위와내데분반심말물품배송"
    "너좋았했빨터객센늦포좀잘못더때입습합네우저추상단가격환불교편결체직발음불친절감매번호의견됩됐져준받답않으많"
)
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъіїєґђјљњћџўЇІЄ"


@dataclass(frozen=True, slots=True)
class Language:
    """The characters that a language is written with, besides ASCII.

    Attributes:
        name: In English, for the log and the tests.
        common: The commonest first; their chances fall with their place (Zipf).
        share: How much of a text's characters the common ones make up.
        codec: The encoding of a national standard whose first level holds the rest of the characters in use.
        levels: For that standard the lead bytes, the share of their characters and how many those are.
        marks: Punctuation beyond ASCII.
        foreign: The chance of a letter of another alphabet, as a natural logarithm.
        joins: Whether words consist of letters of one script, so that a symbol or another script within one is odd.
    """

    name: str
    common: str
    share: float
    codec: str = ""
    levels: tuple[tuple[range, float, int], ...] = ()
    marks: str = _WESTERN_MARKS
    foreign: float = _FOREIGN
    joins: bool = True


_GB = ((range(0xB0, 0xD8), 0.35, 3400), (range(0xD8, 0xF8), 0.006, 3008))
_BIG5 = ((range(0xA4, 0xC7), 0.35, 5100), (range(0xC9, 0xFA), 0.004, 7652))
_JIS = ((range(0xB0, 0xD0), 0.17, 2800), (range(0xD0, 0xF5), 0.003, 3390))
_KS = ((range(0xB0, 0xC9), 0.3, 2100), (range(0xCA, 0xFE), 0.005, 4888))
_HALF_KATAKANA = "".join(map(chr, range(0xFF66, 0xFFA0)))
_GREEK = "αοιετσνηυρπκμλςάίόγδέθύχήώωβφξζψϊΆΈΌΰΐΑΤΠΕΚΟΣΜΔΝΗΓΛΡΘΧΦ"
_HEBREW = "יוהלאמרבתשנםכעדחקפגטןצסזךףץ"
_ARABIC = "اليمنترهوبدعسفكقحجشطةصىأخضذثئغظءإزآؤ،؟"
_THAI = "านรกอเงมทยลวดสตะปบคหจพชขใไผซถธศณภษญฐฟโแ่้ีัิื์ุูำ็๋"
_VIETNAMESE = "đôưàáấơạảịêộãóếìòéíọềậủợầđằặẽỉốồổùúụýâăữứừửờớởẩũễệĐ\u0300\u0301\u0303\u0309\u0323"

LANGUAGES = {
    language.name: language
    for language in (
        Language("Simplified Chinese", _SIMPLIFIED, 0.55, "gb2312", _GB, _EASTERN_MARKS, joins=False),
        Language("Traditional Chinese", _TRADITIONAL, 0.55, "big5", _BIG5, _EASTERN_MARKS, joins=False),
        Language("Japanese", _KANA, 0.62, "euc_jp", _JIS, _EASTERN_MARKS, joins=False),
        Language("Japanese in half width", _HALF_KATAKANA, 0.9, marks="｡｢｣､･", joins=False),
        Language("Korean", _SYLLABLES, 0.6, "euc_kr", _KS, _EASTERN_MARKS, joins=False),
        Language("English", "éèïö", 0.0008),
        Language("French", "éèàêçùîôâëïûœÉÀÇÈÊŒ", 0.045),
        Language("German", "üäößÜÄÖé", 0.03),
        Language("Spanish", "óáíéñúüÁÉÓÍÚÑ", 0.03),
        Language("Portuguese", "ãçáéíóêúâõàôÃÇÁÉÍÓÊÚ", 0.045),
        Language("Italian", "èàùòìéÈÀ", 0.015),
        Language("Catalan", "àóèíçòéïúü·ÀÈÉÍÒÓÇ", 0.035),
        Language("Gaelic", "àìòùèáéíóúÀÈÌÒÙ", 0.04),
        Language("Scandinavian", "äåöæøÅÄÖØÆé", 0.045),
        Language("Icelandic", "áðíéóöþúýæÞÁÍÓÖÐ", 0.1),
        Language("Dutch", "ëéïèöü", 0.004),
        Language("Polish", "łęążśóćńźŁŚŻĆÓŹ", 0.07),
        Language("Czech and Slovak", "íáěéýčřžšůúťďóňľôäĺŕČŘŽŠÚŽĎ", 0.12),
        Language("Hungarian", "áéöíőüóúűÁÉÖÓŐÜ", 0.11),
        Language("Romanian", "ăîâșțşţĂÎȘȚ", 0.06),
        Language("South Slavic", "čšžćđČŠŽĆĐ", 0.035),
        Language("Turkish", "ıışğüçöİŞÇÖÜâ", 0.1),
        Language("Lithuanian", "ėųįšžąūęčŠŽČ", 0.06),
        Language("Latvian", "āīēšūņļžģčķĀŠŽĒ", 0.08),
        Language("Estonian and Finnish", "äöõüšžÄÖÕÜ", 0.05),
        Language("Vietnamese", _VIETNAMESE, 0.2),
        Language("Russian", _CYRILLIC + _CYRILLIC[:32].upper(), 0.85),
        Language("Ukrainian", "оаинівертслкудмпзябьгйчхжцюєїшфщґОАИНІВЕРТСЛКУДМПЗЯЄЇ", 0.85),
        Language("Greek", _GREEK, 0.85),
        Language("Hebrew", _HEBREW, 0.8),
        Language("Arabic", _ARABIC, 0.8),
        Language("Thai", _THAI, 0.9),
        # Only Unicode can hold the alphabets that have no entry of their own here.
        Language("any other alphabet", "", 0.0, foreign=-6.0),
    )
}


def log_likelihood(text: str, languages: Iterable[str]) -> float:
    """Return the natural logarithm of the chance of ``text`` in the language of ``languages`` that suits it best.

    Decodings of the same bytes can be compared by it, however many characters they make of them.
    """
    characters = Counter(text)
    pairs = Counter(pair for pair in itertools.pairwise(text) if not (pair[0].isascii() and pair[1].isascii()))
    odd_joins = sum(count * _join(*pair) for pair, count in pairs.items())
    return max(
        sum(count * _chance(char, name) for char, count in characters.items())
        + (odd_joins if LANGUAGES[name].joins else _odd_runs(pairs))
        for name in languages
    )


def _chance(char: str, name: str) -> float:
    if char.isascii():
        return _ascii_chance(char)
    known = _common(name).get(char)
    return known if known is not None else _rest(char, name)


def _ascii_chance(char: str) -> float:
    if char < " " and char not in "\t\n\r":
        return _CONTROL
    return _ODD_PLAIN if char in _ODD_ASCII else _PLAIN


@cache
def _common(name: str) -> dict[str, float]:
    language = LANGUAGES[name]
    return (
        _zipf(language.marks, 0.008 if language.joins else 0.1) | _zipf(language.common, language.share) | _kanji(name)
    )


def _kanji(name: str) -> dict[str, float]:
    return _zipf(_KANJI, 0.15) if name == "Japanese" else {}


def _zipf(characters: str, share: float) -> dict[str, float]:
    ordered = list(dict.fromkeys(characters))
    weights = [1 / (rank + 4) for rank in range(len(ordered))]
    return {char: math.log(share * weight / sum(weights)) for char, weight in zip(ordered, weights, strict=True)}


@cache
def _rest(char: str, name: str) -> float:
    if char == "\ufffd":
        return _REPLACED
    category = unicodedata.category(char)
    if category in {"Cc", "Co", "Cn", "Cs"}:
        return _CONTROL
    language = LANGUAGES[name]
    if language.codec and (lead := _lead(char, language.codec)):
        for leads, share, size in language.levels:
            if lead in leads:
                return math.log(share / size)
    if category.startswith("L") and _east_asian(char):
        return -17.5 if not language.joins else -19.0
    return language.foreign if category[0] in "LM" else _ODD_SYMBOL


def _lead(char: str, codec: str) -> int:
    try:
        encoded = char.encode(codec)
    except UnicodeEncodeError:
        return 0
    return encoded[0] if len(encoded) == 2 else 0


def _east_asian(char: str) -> bool:
    return "\u3040" <= char <= "\ud7ff" or char > "\uffff"


@cache
def _join(left: str, right: str) -> float:
    """Return what two neighbours, not both ASCII, cost that hardly ever stand together in a word of an alphabet."""
    if _in_word(left) and _in_word(right):
        if len({_script(left), _script(right)} - {"COMBINING"}) > 1:
            return _TWO_SCRIPTS
        return _JOINED_WRONGLY if left.islower() and right.isupper() else 0.0
    # A sign such as ¤ or ½ that touches a letter is mostly a letter of another encoding.
    touches = any(
        unicodedata.category(sign) in {"So", "Sk", "No", "Sm", "Sc", "Lo", "Cc", "Cn"} and letter.isalpha()
        for sign, letter in ((left, right), (right, left))
        if not sign.isascii()
    )
    return _JOINED_WRONGLY if touches else 0.0


def _odd_runs(pairs: Counter[tuple[str, str]]) -> float:
    """East Asian characters come in runs: one between Latin letters is an accent read as something else."""
    return -1.5 * sum(
        count
        for (left, right), count in pairs.items()
        if (left.isascii() and left.isalpha()) or (right.isascii() and right.isalpha())
    )


@cache
def _in_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split()[0]

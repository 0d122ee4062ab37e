"""How likely a text is in each language that has encodings of its own, by the characters it is made of.

A wrong decoding hardly ever gives the characters that its language is made of. Two sources say which those are, neither
of them a table from elsewhere: the national standards put the characters in use before the rare ones, which Python's
codecs know; and for every language the commonest characters stand below in falling order, as its writers know them.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from verbatlas.tables.neighbours import Neighbours

# The natural logarithm of the chance of a character that is not among the common ones of any language.
_ODD_SYMBOL, _FOREIGN, _CONTROL, _REPLACED = -13.0, -14.0, -16.0, -20.0
_PLAIN, _ODD_PLAIN = -3.6, -7.5
# However many runs of letters there are: few say little, and many are a text.
_MOST_BEGINS = -12.0
# However many letters of the Latin alphabet stand around a text in another one: a table may be in two languages.
_LEAST_LATIN, _MOST_LATIN = 4, -9.0
_ODD_ASCII = frozenset("[]\\^_`{}~@#$<>|*=+&")
_WESTERN_MARKS = "’“”–—…€°£\xa0‘„‚«»©®™§·•½²³×¿¡ºª±¼¾µ¢¥÷´¹†¶¬¦‡‰"
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
class Script:
    """How the characters of a language stand together.

    Attributes:
        joins: Whether words consist of letters of one script, so that a symbol or another script within one is odd.
        begins: The chance that characters of its own begin here, as a natural logarithm: they come in runs, and one
            alone among Latin letters is mostly a sign or an accent read as something else. 0 for the Latin alphabet.
        falls: How fast the chances of the common characters fall with their place, as its power.
    """

    joins: bool = True
    begins: float = 0.0
    falls: float = 2.0


_LATIN, _MANY_ACCENTS = Script(), Script(falls=1.0)
_LETTERS = Script(begins=-4.0, falls=1.0)
_HALF_WIDTH = Script(joins=False, begins=-4.0, falls=1.0)
_IDEOGRAPHS = Script(joins=False, begins=-2.0, falls=1.0)


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
        script: How its characters stand together.
    """

    name: str
    common: str
    share: float
    codec: str = ""
    levels: tuple[tuple[range, float, int], ...] = ()
    marks: str = _WESTERN_MARKS
    foreign: float = _FOREIGN
    script: Script = _LATIN


_GB = ((range(0xB0, 0xD8), 0.35, 3400), (range(0xD8, 0xF8), 0.006, 3008))
_BIG5 = ((range(0xA4, 0xC7), 0.35, 5100), (range(0xC9, 0xFA), 0.004, 7652))
_JIS = ((range(0xB0, 0xD0), 0.17, 2800), (range(0xD0, 0xF5), 0.003, 3390))
_KS = ((range(0xB0, 0xC9), 0.3, 2100), (range(0xCA, 0xFE), 0.005, 4888))
_HALF_KATAKANA = "ﾝﾞｲｰｼﾄｽﾙｸｶﾘﾗﾀｱｷｺﾏﾃﾌｻﾁﾂｳﾅﾐﾆｵﾊﾚﾛﾎﾓﾋｯｴﾔﾑｾｿｹﾈﾉﾖﾒﾕﾜﾟｮｭｬﾍﾇｧｨｪｫｦｩ"
_GREEK = "αοιετσνηυρπκμλςάίόγδέθύχήώωβφξζψϊΆΈΌΰΐΑΤΠΕΚΟΣΜΔΝΗΓΛΡΘΧΦ"
_HEBREW = "יוהלאמרבתשנםכעדחקפגטןצסזךףץ"
_ARABIC = "اليمنترهوبدعسفكقحجشطةصىأخضذثئغظءإزآؤ"
_THAI = "านรกอเงมทยลวดสตะปบคหจพชขใไผซถธศณภษญฐฟโแ่้ีัิื์ุูำ็๋"
_VIETNAMESE = "đôưàáấơạảịêộãóếìòéíọềậủợầđằặẽỉốồổùúụýâăữứừửờớởẩũễệĐ\u0300\u0301\u0303\u0309\u0323"

LANGUAGES = {
    language.name: language
    for language in (
        Language("Simplified Chinese", _SIMPLIFIED, 0.55, "gb2312", _GB, _EASTERN_MARKS, script=_IDEOGRAPHS),
        Language("Traditional Chinese", _TRADITIONAL, 0.55, "big5", _BIG5, _EASTERN_MARKS, script=_IDEOGRAPHS),
        Language("Japanese", _KANA, 0.62, "euc_jp", _JIS, _EASTERN_MARKS, script=_IDEOGRAPHS),
        Language("Japanese in half width", _HALF_KATAKANA, 0.9, marks="｡｢｣､･", script=_HALF_WIDTH),
        Language("Korean", _SYLLABLES, 0.6, "euc_kr", _KS, _EASTERN_MARKS, script=_IDEOGRAPHS),
        Language("English", "éèïöñüçáóíÉäàêâåøô", 0.0008),
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
        Language("Vietnamese", _VIETNAMESE, 0.2, script=_MANY_ACCENTS),
        Language("Russian", _CYRILLIC + _CYRILLIC[:32].upper(), 0.85, script=_LETTERS),
        Language("Ukrainian", "оаинівертслкудмпзябьгйчхжцюєїшфщґОАИНІВЕРТСЛКУДМПЗЯЄЇ", 0.85, script=_LETTERS),
        Language("Greek", _GREEK, 0.85, script=_LETTERS),
        Language("Hebrew", _HEBREW, 0.8, script=_LETTERS),
        Language("Arabic", _ARABIC, 0.8, marks=f"،؟{_WESTERN_MARKS}؛", script=_LETTERS),
        Language("Thai", _THAI, 0.9, script=_LETTERS),
        # Only Unicode can hold the alphabets that have no entry of their own here.
        Language("any other alphabet", "", 0.0, foreign=-6.0),
    )
}


def log_likelihood(text: str, languages: Iterable[str], *, n_latin: int = 0) -> float:
    """Return the natural logarithm of the chance of ``text`` in the language of ``languages`` that suits it best.

    Decodings of the same bytes can be compared by it, however many characters they make of them.

    Args:
        text: A part of a file.
        languages: Names of entries of ``LANGUAGES``.
        n_latin: How many letters of ASCII there are in the whole file: the more there are, the fewer of its languages
            are written with many others.
    """
    characters = Counter(text)
    neighbours = Neighbours(text)
    return max(
        sum(count * _chance(char, name) for char, count in characters.items())
        + _standing(neighbours, LANGUAGES[name].script)
        + max(_MOST_LATIN, (n_latin + _LEAST_LATIN) * math.log1p(-LANGUAGES[name].share))
        for name in languages
    )


def _standing(neighbours: Neighbours, script: Script) -> float:
    joined = neighbours.in_words if script.joins else neighbours.among_ideographs
    if not script.begins:
        return joined + neighbours.in_latin_words
    return joined + max(_MOST_BEGINS, script.begins * neighbours.n_begins)


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
    marks = _zipf(language.marks, 0.008 if language.script.joins else 0.1)
    return marks | _zipf(language.common, language.share, falls=language.script.falls) | _kanji(name)


def _kanji(name: str) -> dict[str, float]:
    return _zipf(_KANJI, 0.15) if name == "Japanese" else {}


def _zipf(characters: str, share: float, *, falls: float = 1.0) -> dict[str, float]:
    ordered = list(dict.fromkeys(characters))
    weights = [(rank + 4) ** -falls for rank in range(len(ordered))]
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
        return -17.5 if not language.script.joins else -19.0
    return language.foreign if category[0] in "LM" else _ODD_SYMBOL


def _lead(char: str, codec: str) -> int:
    try:
        encoded = char.encode(codec)
    except UnicodeEncodeError:
        return 0
    return encoded[0] if len(encoded) == 2 else 0


def _east_asian(char: str) -> bool:
    return "\u3040" <= char <= "\ud7ff" or char > "\uffff"

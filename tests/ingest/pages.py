"""Invented pages to bring in: a dump with address, title and paragraphs, each paragraph one statement."""

import random
from pathlib import Path

SEED = Path(__file__).parents[2] / "seed" / "pages"
SAMPLE = SEED / "000_865c67220dd4d87b.txt"


def dump(number: int = 1, *, says: tuple[str, ...] = ("الطريق مفتوح",), url: str | None = "", views: int = 12) -> str:
    """One page of an invented outlet; `url` None leaves the address out."""
    address = f"http://nashra.example/a/{number}" if url == "" else url or ""
    paragraphs = [
        f'قال رئيس لجنة الحي {ORDINALS[number % 10]} نبيل الزمردي إن "{words} منذ يوم {number} من الشهر الماضي".'
        for words in says
    ]
    head = f"خبر مختلق رقم {number} من نشرة الحي\n\n{address}\n{views}\nمشاهدة\n"
    # No two pages alike, else all but ten of them were near duplicates.
    seen = " ".join(random.Random(number).sample(SIGHTS.split(), 24))
    return head + "\n" + "\n\n".join(paragraphs) + f"\n\nوقد شوهد في اليوم {number} من هذا كله {seen} في الحي.\n"


SIGHTS = """
    باب نافذة حجر سقف درج فناء بئر شجرة زيتون تين رمان عنب قمح شعير عدس خبز ملح زيت سمن عسل جبن لبن شاي قهوة سكر
    كتاب دفتر قلم مصباح شمعة ثلج مطر ريح غيم شمس قمر نجم نهر جسر طاحون حقل بستان سلة حبل فأس منجل عربة حصان
"""
ORDINALS = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"]


def write(folder: Path, number: int, text: str | bytes | None = None) -> Path:
    """The page of this number as a file in `folder`."""
    file = folder / f"{number:04}.txt"
    content = dump(number) if text is None else text
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


# One report as several outlets bring it.
SAID = (
    "إن ورشة ترميم السور القديم انتهت من رفع الحجارة المتساقطة في الحارة الغربية",
    "إن موعد افتتاح المكتبة الصغيرة قرب النبع قد تأجل إلى أول أيام الربيع المقبل",
)
REST = (
    "وكان سكان الحارة قد جمعوا ثمن الحجارة والأخشاب في ثلاثة أشهر من غير أن يطلبوا شيئا من أحد خارجها.",
    "وسبق أن زارت لجنة من طلاب الهندسة المكان ورسمت خريطة للسور والبيوت التي تستند إليه من جهة البستان.",
)
OTHER = (
    "تساقطت الثلوج على المرتفعات الشمالية فأغلقت طرق القرى الثلاث وبقي الرعاة في بيوتهم ينتظرون صحو السماء.",
    "ووزعت جمعية النحالين خلايا جديدة على أعضائها بعد أن أتلف الصقيع نصف ما عندهم منها في الأسبوع الماضي.",
)


def report(host: str, *paragraphs: str, said: tuple[str, ...] = SAID) -> str:
    """A page of an outlet: a headline, its address, who said what, and these paragraphs."""
    speech = [f"قال رئيس لجنة الحارة نبيل الزمردي {words}." for words in said]
    return (
        f"خبر مختلق من {host} عن الحارة\n\nhttp://{host}/a/1\n12\nمشاهدة\n\n"
        + "\n\n".join([*speech, *paragraphs])
        + "\n"
    )

"""Names and words for demonstrations, in several scripts, so that layouts meet what people write."""

from typing import NamedTuple


class Tongue(NamedTuple):
    """People who share a language: who they are, where they live and what they write."""

    language: str
    people: tuple[str, ...]
    groups: tuple[str, ...]
    zones: tuple[str, ...]
    wishes: tuple[str, ...]
    things: tuple[str, ...]
    answers: tuple[str, ...]


ENGLISH_ANSWERS = (
    "✅ Tomorrow at 09:00: call the bank", "✅ In 20 minutes: take the pizza out 🍕",
    "🔁 Every Monday at 08:00: standup", "✅ Friday at 09:00: water the plants 🌱",
    "Done. I will not remind you again.", "Moved to Tuesday, 09:00.",
    "I did not find a time in that. When should I say it?",
)  # fmt: skip
TONGUES = (
    Tongue(
        "en",
        ("Olivia Brown", "Noah Wilson", "Priya Sharma", "Zoë 🌻", "Grace Kim", "Tom O’Neill",
         "Emma Clarke", "Liam Murphy", "Ravi Patel", "Sophie Evans"),
        ("Book club", "Team standup", "Climbing on Thursdays", "Parents 3b", "Band practice 🎸"),
        ("America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Sydney", ""),
        ("tomorrow 9am call the bank", "in 20 minutes take the pizza out 🍕",
         "every monday 8:00 standup", "remind me on friday to water the plants 🌱",
         "snooze it please", "Is it possible to move it to next week? I am travelling until Tuesday "
         "and would rather not be woken at seven.", "thanks!", "👍", "ok, done",
         "why did it come twice?"),
        ("call the bank", "take the pizza out 🍕", "standup", "water the plants 🌱",
         "send the report", "pick up the parcel before the shop closes", "feed the cat 🐈"),
        ENGLISH_ANSWERS,
    ),
    Tongue(
        "de",
        ("Anna Schmidt", "Jonas Weber", "Aylin Yılmaz", "Ewa Kowalska", "Mia Hoffmann", "Paul Krüger"),
        ("Familie 🏡", "WG Küche"),
        ("Europe/Berlin", "Europe/Vienna"),
        ("morgen um 7 Brötchen holen", "jeden ersten Montag im Monat Müll rausbringen", "danke!"),
        ("Brötchen holen", "Müll rausbringen", "Mama anrufen"),
        ("✅ Morgen um 07:00: Brötchen holen", "Erledigt. Ich erinnere dich nicht mehr daran."),
    ),
    Tongue(
        "es",
        ("María García", "Luis Ortega", "Carmen Ruiz"),
        ("Familia López",),
        ("Europe/Madrid", "America/Mexico_City"),
        ("mañana a las 10 llamar a mamá", "todos los días a las 21:00 tomar la pastilla 💊"),
        ("llamar a mamá", "tomar la pastilla 💊"),
        ("✅ Mañana a las 10:00: llamar a mamá",),
    ),
    Tongue(
        "fr",
        ("Chloé Martin", "Hugo Lefèvre", "Inès Moreau"),
        ("Les voisins",),
        ("Europe/Paris", "America/Montreal"),
        ("demain à 8h30 rendez-vous chez le dentiste", "merci !"),
        ("rendez-vous chez le dentiste", "acheter du pain"),
        ("✅ Demain à 08:30 : rendez-vous chez le dentiste",),
    ),
    Tongue(
        "it",
        ("Giulia Rossi", "Marco Bianchi", "Elena Ricci"),
        ("Calcetto",),
        ("Europe/Rome",),
        ("domani alle 18 comprare il latte", "grazie!"),
        ("comprare il latte", "chiamare la nonna"),
        ("✅ Domani alle 18:00: comprare il latte",),
    ),
    Tongue(
        "pt",
        ("João Pereira", "Beatriz Alves", "Rita Costa"),
        ("Família Alves",),
        ("America/Sao_Paulo", "Europe/Lisbon"),
        ("amanhã às 9h pagar a conta de luz", "obrigado!"),
        ("pagar a conta de luz", "regar as plantas 🌱"),
        ("✅ Amanhã às 09:00: pagar a conta de luz",),
    ),
    Tongue(
        "ru",
        ("Анна Иванова", "Дмитрий Смирнов", "Ольга Петрова"),
        ("Волонтёры",),
        ("Europe/Moscow", "Asia/Almaty"),
        ("завтра в 9 позвонить врачу", "спасибо!"),
        ("позвонить врачу", "полить цветы 🌱"),
        ("✅ Завтра в 09:00: позвонить врачу",),
    ),
    Tongue(
        "ar",
        ("ليلى حسن", "محمد العلي", "نورة خالد"),
        ("مجموعة العمل",),
        ("Asia/Dubai", "Africa/Cairo"),
        ("ذكرني غدا الساعة ٩ بالاجتماع", "ذكرني كل يوم الساعة ٨ مساء بالدواء", "شكرا!"),
        ("موعد الاجتماع", "الاتصال بالطبيب", "شراء الخبز", "دفع الفاتورة"),
        ENGLISH_ANSWERS[4:],
    ),
    Tongue(
        "ja",
        ("佐藤 花子", "高橋 健", "田中 美咲"),
        ("読書会",),
        ("Asia/Tokyo",),
        ("明日9時に歯医者", "ありがとう！"),
        ("歯医者", "水やり 🌱", "母に電話"),
        ENGLISH_ANSWERS[4:],
    ),
)  # fmt: skip
WEIGHTS = (6, 4, 2, 2, 2, 2, 2, 2, 2)  # how many of a crowd speak which
CAUSES = (
    "Forbidden: bot was blocked by the user", "Bad Request: chat not found",
    "Forbidden: user is deactivated", "Bad Request: message is too long",
)  # fmt: skip
CANNED = (
    ("Greeting", "Hello {{name}}, this is {{operator}}. How can I help?"),
    (
        "How to set a zone",
        "Write /timezone and the name of your city, {{name}}, and I will use its time.",
    ),
    ("Sorry", "I am sorry about that, {{name}}. It is repaired now."),
)
LABELS = (("vip", "amber"), ("bug report", "red"), ("feedback", "blue"), ("friendly", "green"))


def of(language: str) -> Tongue:
    """Return what people of a language write, English for any other."""
    return next((each for each in TONGUES if each.language == language), TONGUES[0])

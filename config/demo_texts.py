"""Names and words for demonstrations, in several scripts, so that layouts meet what people write."""

PEOPLE = (
    "Anna Schmidt", "Jonas Weber", "María García", "Luis Ortega", "Chloé Martin", "Hugo Lefèvre",
    "Giulia Rossi", "Marco Bianchi", "João Pereira", "Beatriz Alves", "Анна Иванова",
    "Дмитрий Смирнов", "ليلى حسن", "محمد العلي", "נועה לוי", "佐藤 花子", "王小明", "김민준",
    "Priya Sharma", "Aylin Yılmaz", "Zoë 🌻", "Olivia Brown", "Noah Wilson", "Ewa Kowalska",
)  # fmt: skip
GROUPS = ("Family 🏡", "Book club", "Team standup", "WG Küche", "Familia López", "مجموعة العمل",
          "Волонтёры", "Climbing on Thursdays", "Parents 3b", "Band practice 🎸")  # fmt: skip
ZONES = ("Europe/Berlin", "Europe/Madrid", "America/New_York", "America/Sao_Paulo", "Asia/Dubai",
         "Asia/Tokyo", "Asia/Kolkata", "Australia/Sydney", "Europe/Moscow", "")  # fmt: skip
WISHES = (
    "tomorrow 9am call the bank", "in 20 minutes take the pizza out 🍕", "every monday 8:00 standup",
    "remind me on friday to water the plants 🌱", "morgen um 7 Brötchen holen",
    "jeden ersten Montag im Monat Müll rausbringen", "mañana a las 10 llamar a mamá",
    "todos los días a las 21:00 tomar la pastilla 💊", "demain à 8h30 rendez-vous chez le dentiste",
    "domani alle 18 comprare il latte", "amanhã às 9h pagar a conta de luz",
    "завтра в 9 позвонить врачу", "ذكرني غدا الساعة ٩ بالاجتماع", "明日9時に歯医者",
    "snooze it please", "Is it possible to move it to next week? I am travelling until Tuesday and "
    "would rather not be woken at seven.", "thanks!", "👍", "ok, done", "why did it come twice?",
)  # fmt: skip
ANSWERS = (
    "✅ Tomorrow at 09:00: call the bank", "✅ In 20 minutes: take the pizza out 🍕",
    "🔁 Every Monday at 08:00: standup", "✅ Friday at 09:00: water the plants 🌱",
    "Done. I will not remind you again.", "Moved to Tuesday, 09:00.",
    "I did not find a time in that. When should I say it?",
)  # fmt: skip
THINGS = (
    "call the bank", "take the pizza out 🍕", "standup", "water the plants 🌱", "Brötchen holen",
    "llamar a mamá", "tomar la pastilla 💊", "rendez-vous chez le dentiste", "comprare il latte",
    "pagar a conta de luz", "позвонить врачу", "موعد الاجتماع", "歯医者", "send the report",
    "pick up the parcel before the shop closes", "feed the cat 🐈",
)  # fmt: skip
CAUSES = (
    "Forbidden: bot was blocked by the user", "Bad Request: chat not found",
    "Forbidden: user is deactivated", "Bad Request: message is too long",
)  # fmt: skip
OPERATORS_WORDS = (
    "Hello, I moved your reminder to Monday. Sorry for the trouble!",
    "You can write /zone to set your time zone.",
)
CANNED = (
    ("Greeting", "Hello {{name}}, this is {{operator}}. How can I help?"),
    (
        "How to set a zone",
        "Write /zone and the name of your city, {{name}}, and I will use its time.",
    ),
    ("Sorry", "I am sorry about that, {{name}}. It is repaired now."),
)
LABELS = (("vip", "amber"), ("bug report", "red"), ("feedback", "blue"), ("friendly", "green"))

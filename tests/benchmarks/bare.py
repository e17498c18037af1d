"""The smallest PTB bot that answers `/ping`: nothing is stored, nothing survives."""

import os

from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes


async def ping(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(f"pong: {' '.join(context.args or [])}")


def main() -> None:
    builder = Application.builder().token(os.environ["TOKEN"]).base_url(f"{os.environ['API']}/bot")
    application = builder.build()
    application.add_handler(CommandHandler("ping", ping))
    application.run_polling()


if __name__ == "__main__":
    main()

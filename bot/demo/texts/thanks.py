"""What people at Fernhill thanked each other for, and what was promised in talks, in their own languages."""

from __future__ import annotations

from collections.abc import Mapping

THANKS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "took the refund that had been going round for three weeks and finished it in an hour",
        "explained the new carrier form to me twice, without once sighing",
        "kept calm with the customer who had called four times, and wrote down what helped",
        "covered my lunch on the busiest Monday of the year",
        "found out why the labels printed empty, so none of us has to ask again",
        "stayed ten minutes longer so that I could catch my train",
    ),
    "nl": (
        "heeft een zoekgeraakt pakket binnen een dag teruggevonden, en de klant zelf gebeld",
        "nam mijn chats over toen mijn laptop ermee stopte",
        "schreef op hoe je een bezorgadres wijzigt, daar heeft iedereen iets aan",
        "bleef rustig bij een heel boze klant en loste het ook echt op",
    ),
    "zh_TW": (
        "幫我把三張重複扣款的發票一次處理完，客戶很滿意",
        "在月底最忙的時候代我值班，真的幫了大忙",
        "把退款流程整理成一頁，新人一看就懂",
        "很有耐心地跟客戶解釋帳單，客戶最後還道謝",
    ),
}
PROMISES: Mapping[str, tuple[str, str, str]] = {
    "en": (
        "Say in every answer what happens next and by when",
        "Read two of Grace’s solved tickets each morning and copy what works",
        "Sit beside you for an hour on the difficult refunds",
    ),
    "nl": (
        "In elk antwoord zeggen wat er nu gebeurt en wanneer",
        "Elke ochtend twee opgeloste tickets van Lotte lezen",
        "Een uur meekijken bij lastige zoekacties",
    ),
    "zh_TW": (
        "每封回覆都說明下一步和時間",
        "每天早上讀兩張怡君處理好的案件",
        "一起處理一小時困難的退款案件",
    ),
}
"""Two of the agent, one of the lead."""
NOTES: Mapping[str, str] = {
    "en": "We read three tickets together. The answers are kind, but the customer often does not know what comes next.",
    "nl": "Samen drie tickets gelezen. De toon is goed; de klant weet alleen vaak niet wat er nu gebeurt.",
    "zh_TW": "一起看了三張案件。語氣很好，但客戶常常不知道接下來會怎樣。",
}
REVIEWED: Mapping[str, tuple[str, ...]] = {
    "en": ("The next step is missing.", "Kind, and right at the first go.", "The answer is right, but hard to read."),
    "nl": ("De volgende stap ontbreekt.", "Vriendelijk, en meteen goed.", "Klopt, maar moeilijk te lezen."),
    "zh_TW": ("沒有說明下一步。", "親切，而且一次就對。", "答案正確，但不容易讀懂。"),
}

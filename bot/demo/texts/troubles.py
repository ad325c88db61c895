"""What colleagues escalated, by language: in their words, with what was behind it and what helped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """Something that was escalated: about a ticket of a category, of a kind and severity of the house."""

    kind: str
    severity: int
    category: str
    what: str
    cause: str
    solution: str
    promise: str = ""


@dataclass(frozen=True)
class Crisis:
    """What whoever leads a crisis tells the others meanwhile, and at its end."""

    update: str
    clear: str
    cause: str
    solution: str


TROUBLES: Mapping[str, tuple[Trouble, ...]] = {
    "en": (
        Trouble(
            "complaint", 3, "Refund",
            "Third mail about the same refund, and the customer has had it with us.",
            "The refund was sent to a card that had expired.",
            "Paid by bank transfer, with an apology and a voucher.",
            "A call with the date of the refund",
        ),
        Trouble(
            "complaint", 2, "Damaged item",
            "Second broken delivery in a row. They want to speak to whoever is in charge.",
            "Packed without corner protection twice.",
            "Sent a third one by courier, checked by hand before it left.",
            "A call from the lead",
        ),
        Trouble(
            "billing", 2, "Refund",
            "Refunded twice by mistake, 480 dollars too much. Finance has to get it back.",
            "Two people worked on the same ticket.",
            "Finance arranged it with the customer.",
        ),
        Trouble(
            "technical", 3, "Return label",
            "Labels for heavy parcels come out blank for several customers.",
            "The carrier's service refused weights above 30 kg.",
            "The carrier raised the limit; labels were sent again.",
        ),
        Trouble(
            "sla", 3, "Exchange",
            "An exchange that waits for stock for nine days, without a word to the customer.",
            "The item was taken out of the range.",
            "Offered another model or the money back; they took the money.",
        ),
        Trouble(
            "complaint", 3, "Wrong item",
            "Got the wrong size twice and says a review is coming.",
            "Two articles share one place in the warehouse.",
            "The right one went out the same day; the warehouse relabelled the shelf.",
        ),
        Trouble(
            "technical", 3, "Store credit",
            "Credit codes are refused at the checkout.",
            "Codes with a zero were read as a letter.",
            "Codes were issued anew.",
        ),
        Trouble(
            "other", 4, "Warranty",
            "A lawyer's letter about a warranty claim. Who may answer that?",
            "The claim was refused without a reason.",
            "Handed to legal; the repair was granted.",
        ),
    ),
    "nl": (
        Trouble(
            "complaint", 2, "Te laat",
            "Bruiloft op zaterdag en de bestelling staat al vier dagen stil. Klant is ten einde raad.",
            "De zending lag op het verkeerde depot.",
            "Met een koerier bezorgd, op tijd.",
            "Vanmiddag bellen met een tijdstip",
        ),
        Trouble(
            "complaint", 3, "Bezorger",
            "De bezorger zou onbeleefd zijn geweest, en dat al voor de tweede keer.",
            "Een nieuwe bezorger kende de wijk niet.",
            "De vervoerder heeft met hem gesproken; excuses gemaakt.",
        ),
        Trouble(
            "technical", 3, "Afhaalpunt",
            "Het afhaalpunt in Utrecht-Oost geeft geen pakketten uit.",
            "De scanner van het afhaalpunt was defect.",
            "Scanner vervangen, klanten zijn gebeld.",
        ),
        Trouble(
            "sla", 3, "Niet ontvangen",
            "Onderzoek naar een vermist pakket loopt al twee weken zonder antwoord.",
            "De vervoerder had het onderzoek gesloten zonder het te melden.",
            "Nieuw pakket gestuurd.",
            "Uitslag van het onderzoek",
        ),
        Trouble(
            "billing", 3, "Douane",
            "Klant heeft invoerkosten betaald die wij zouden dragen.",
            "Op de pakbon stond de verkeerde waarde.",
            "Kosten terugbetaald en de pakbon aangepast.",
        ),
    ),
    "zh_TW": (
        Trouble(
            "billing", 2, "重複扣款",
            "同一筆訂單被扣了三次，客戶要求今天退款。",
            "金流逾時後系統重送請款。",
            "已全數退款並致電說明。",
            "今天下班前回電說明退款時間",
        ),
        Trouble(
            "complaint", 3, "退款進度",
            "客戶第四次詢問退款，語氣很不好，說要投訴消保會。",
            "退款檔案漏送銀行。",
            "補送並提供折扣券致歉。",
            "明天上午提供銀行入帳日",
        ),
        Trouble(
            "technical", 3, "付款失敗",
            "部分銀行的信用卡今早開始無法付款。",
            "銀行端憑證更新。",
            "銀行已修復，通知受影響的客戶。",
        ),
        Trouble(
            "sla", 3, "發票",
            "月底結帳，客戶公司等發票等了六天。",
            "統編輸入錯誤，發票被退。",
            "重新開立並寄出。",
        ),
        Trouble(
            "other", 4, "對帳",
            "企業客戶要求派人一起核對三個月的帳。",
            "對帳單格式與客戶系統不同。",
            "提供新格式並完成核對。",
        ),
    ),
}  # fmt: skip

CRISES: Mapping[str, Crisis] = {
    "en": Crisis(
        "The label service still answers with errors. The carrier is working on it; we answer with the approved words.",
        "Labels open again. Everybody who wrote has a new one.",
        "The carrier's label service was down after an update.",
        "The carrier took the update back; labels were sent again.",
    ),
    "nl": Crisis(
        "De storing duurt voort. De vervoerder werkt eraan; antwoord met de afgesproken tekst.",
        "De storing is voorbij. Iedereen die schreef heeft bericht.",
        "Een storing bij de vervoerder.",
        "De vervoerder heeft het opgelost.",
    ),
    "zh_TW": Crisis(
        "問題仍在處理中，請先用核准的說法回覆客戶。",
        "問題已排除，所有來信的客戶都已通知。",
        "合作廠商系統異常。",
        "廠商已修復。",
    ),
}

UNSATISFIED: Mapping[str, str] = {
    "en": "The customer says that half of the money is still missing.",
    "nl": "De klant zegt dat het pakket nog steeds niet compleet is.",
    "zh_TW": "客戶表示仍有一筆款項未入帳。",
}
SNOOZED = Trouble(
    "technical", 3, "Return label",
    "The carrier changes its label service tonight. Somebody should try a label before customers do.",
    "", "",
)  # fmt: skip
"""Of yesterday evening: put aside until the morning."""
PROMISED = Trouble(
    "complaint", 3, "Refund",
    "Waits for a refund of 1,260 dollars for two weeks and calls every day.",
    "", "",
    "A call with the date of the refund",
)  # fmt: skip
"""Of yesterday afternoon: taken, with a promise for this morning."""

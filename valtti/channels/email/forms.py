"""The form of a mailbox: servers, secrets that are never shown back, what happens after a letter is stored."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.channels.email.house import keeps_tray
from valtti.channels.models import Mailbox
from valtti.channels.models.mailbox import TRAY, AfterCommit
from valtti.people.models import Team

LANGUAGES = [
    ("fi", pgettext_lazy("language of letters", "Finnish")),
    ("ru", pgettext_lazy("language of letters", "Russian")),
    ("en", pgettext_lazy("language of letters", "English")),
    ("sv", pgettext_lazy("language of letters", "Swedish")),
]
_SECRET = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})


class MailboxForm(forms.ModelForm):  # type: ignore[type-arg]
    """Every field is listed; an empty password keeps the stored one."""

    imap_password = forms.CharField(label=_("Password of the incoming server"), required=False, widget=_SECRET)
    smtp_password = forms.CharField(label=_("Password of the outgoing server"), required=False, widget=_SECRET)
    folders = forms.CharField(
        label=_("Folders"),
        initial="INBOX",
        help_text=_("Separate several folders with semicolons."),
        max_length=1000,
        required=False,
    )
    with_past = forms.BooleanField(
        label=_("Also take the letters that are there already"),
        required=False,
        help_text=_("They are taken silently: nobody gets a receipt and no clock starts."),
    )

    class Meta:
        model = Mailbox
        fields: ClassVar[list[str]] = [
            "address",
            "team",
            "sender_name",
            "language",
            "imap_host",
            "imap_port",
            "imap_security",
            "imap_user",
            "imap_password",
            "folders",
            "with_past",
            "smtp_host",
            "smtp_port",
            "smtp_security",
            "smtp_user",
            "smtp_password",
            "authserv_id",
            "subaddress_ok",
            "after_commit",
            "after_commit_folder",
            "after_commit_days",
            "active",
        ]
        labels: ClassVar[dict[str, Any]] = {
            "address": _("Address"),
            "team": _("New cases go to"),
            "sender_name": _("Name of the sender"),
            "language": _("Language of most letters"),
            "imap_host": _("Incoming server (IMAP)"),
            "imap_port": _("Port of the incoming server"),
            "imap_security": _("Security of the incoming line"),
            "imap_user": _("User name at the incoming server"),
            "smtp_host": _("Outgoing server (SMTP)"),
            "smtp_port": _("Port of the outgoing server"),
            "smtp_security": _("Security of the outgoing line"),
            "smtp_user": _("User name at the outgoing server"),
            "authserv_id": _("Name of the server that checks senders"),
            "subaddress_ok": _("The provider delivers name+anything@… to this mailbox"),
            "after_commit": _("After a letter is stored"),
            "after_commit_folder": _("Folder to move letters to"),
            "after_commit_days": _("Days until letters are deleted"),
            "active": _("In use"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "sender_name": _("Customers see it beside the address."),
            "imap_host": _("Leave it empty for a mailbox that is not fetched."),
            "authserv_id": _(
                "As it stands first in the header Authentication-Results. Without it senders count as not checked."
            ),
            "after_commit": _(
                "Colleagues may read, mark and move letters in their own program: we count by the server’s numbers, "
                "not by “unread”."
            ),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "language": forms.Select(choices=LANGUAGES),
            "after_commit": forms.RadioSelect(choices=AfterCommit.choices),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = self.fields["team"]
        assert isinstance(teams, forms.ModelChoiceField)
        teams.queryset = Team.objects.active()
        if keeps_tray():
            self.fields["smtp_host"].help_text = _("Write “tray” to keep letters here instead of sending them.")
        if self.instance.pk:
            self.fields["address"].disabled = True
            self.fields["folders"].initial = "; ".join(self.instance.folders.values_list("name", flat=True))
            self.fields["with_past"].label = _("Also take what is there already in folders that are new here")
            self._say_when_set("imap_password", self.instance.imap_password_at)
            self._say_when_set("smtp_password", self.instance.smtp_password_at)

    def clean(self) -> dict[str, Any]:
        """One line each; a folder to move to where letters are moved."""
        given = super().clean() or {}
        for name, value in list(given.items()):
            if isinstance(value, str) and any(sign in value for sign in "\r\n\0"):
                self.add_error(name, ValidationError(_("Write this on one line.")))
        if given.get("after_commit") == AfterCommit.MOVE and not given.get("after_commit_folder"):
            self.add_error("after_commit_folder", ValidationError(_("Name the folder letters are moved to.")))
        return given

    def clean_address(self) -> str:
        """Addresses are told apart without regard to capitals."""
        address: str = self.cleaned_data["address"].lower()
        if not self.instance.pk and Mailbox.objects.filter(address__iexact=address).exists():
            raise ValidationError(_("There is a mailbox of this address already."))
        return address

    def clean_smtp_host(self) -> str:
        """A house that sends real letters has no tray: an answer kept here would never reach its customer."""
        host: str = self.cleaned_data["smtp_host"].strip()
        if host.casefold() != TRAY:
            return host
        if not keeps_tray():
            raise ValidationError(_("Letters of this house really leave: write the name of the outgoing server."))
        return TRAY

    def clean_folders(self) -> list[str]:
        """Names in order, each once."""
        names = [name.strip() for name in self.cleaned_data["folders"].split(";")]
        return list(dict.fromkeys(name for name in names if name)) or ["INBOX"]

    def _say_when_set(self, name: str, at: Any) -> None:
        if at is None:
            return
        from django.utils.formats import date_format
        from django.utils.timezone import localtime

        words = _("Set on %(date)s. It is not shown; leave this empty to keep it.")
        self.fields[name].help_text = words % {"date": date_format(localtime(at), "SHORT_DATE_FORMAT")}

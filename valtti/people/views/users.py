"""The people of the house, for administrators: invited, given roles and skills, let go, taken back."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valtti.core.permissions import needs
from valtti.people import queries
from valtti.people.actions import users as deeds
from valtti.people.forms.users import DetailsForm, InvitationForm, RolesForm, SkillsForm, UserFilter
from valtti.people.models import User
from valtti.people.views.access import me
from valtti.ui.http import page

_manage = needs("users.manage")


def _one(request: HttpRequest, pk: int) -> User:
    """A person whom the asking user may see, else 404."""
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


@_manage
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everybody of the house, narrowed as asked."""
    asked = UserFilter(request.GET)
    shown = queries.people_for(request.user, **asked.told)
    return page(request, "people/users.html#people", {"shown": shown})


@_manage
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def new_user(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, "people/new_user.html", {"form": form}, status=422 if form.is_bound else 200)
    told = {name: form.cleaned_data[name] for name in ("email", "name", "language", "house_role")}
    user = deeds.invite(roles=form.roles, by=me(request), **told)
    messages.success(request, _("The invitation is on its way. Its link stands for seven days."))
    return redirect("people:user", user.pk)


@_manage
@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One person with roles, skills and logins."""
    person = _one(request, pk)
    context = {
        "details": DetailsForm(user=person),
        "roles": RolesForm(user=person),
        "skills": SkillsForm(user=person),
        "person": person,
        "standing": queries.standing_of(person, viewer=request.user),
    }
    return page(request, "people/user.html", context)


@_manage
@require_POST
@reauthentication_required
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name or address."""
    person = _one(request, pk)
    form = DetailsForm(request.POST, user=person)
    if not form.is_valid():
        return page(request, "people/user_form.html", {"form": form, "person": person}, status=422)
    deeds.change_details(user=person, by=me(request), **form.cleaned_data)
    messages.success(request, _("Name and address are saved."))
    return redirect("people:user", pk)


@_manage
@require_POST
@reauthentication_required
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person may do, and in which teams."""
    person = _one(request, pk)
    form = RolesForm(request.POST, user=person)
    if not form.is_valid():
        return page(request, "people/user_form.html", {"form": form, "person": person}, status=422)
    mine = queries.own_session_id(request.session) if person == me(request) else None
    house_role = form.cleaned_data["house_role"]
    deeds.change_roles(user=person, house_role=house_role, roles=form.roles, by=me(request), keep_session=mine)
    messages.success(request, _("The roles are saved. Where they changed, the person has to log in anew."))
    return redirect("people:user", pk)


@_manage
@require_POST
def skills(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person can, and how well."""
    person = _one(request, pk)
    form = SkillsForm(request.POST, user=person)
    if not form.is_valid():
        return page(request, "people/user_form.html", {"form": form, "person": person}, status=422)
    deeds.change_skills(user=person, skills=form.skills, languages=form.languages, by=me(request))
    messages.success(request, _("Skills and languages are saved."))
    return redirect("people:user", pk)


@_manage
@require_POST
@reauthentication_required
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    deeds.send_invitation(user=_one(request, pk), by=me(request))
    messages.success(request, _("A letter with a new link is on its way. It stands for seven days."))
    return redirect("people:user", pk)


@_manage
@require_POST
@reauthentication_required
def factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factors, for somebody who has lost them."""
    deeds.reset_factors(user=_one(request, pk), by=me(request))
    messages.success(request, _("The second factors are gone, and the person has been told by letter."))
    return redirect("people:user", pk)


@_manage
@require_POST
@reauthentication_required
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody go."""
    deeds.let_go(user=_one(request, pk), by=me(request))
    messages.success(request, _("The account is closed and its logins have ended."))
    return redirect("people:user", pk)


@_manage
@require_POST
@reauthentication_required
def homecoming(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody back."""
    deeds.take_back(user=_one(request, pk), by=me(request))
    messages.success(request, _("The account is open again."))
    return redirect("people:user", pk)

"""Teams, skills, opening hours and the house itself, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valtti.core import calendars
from valtti.core.permissions import needs
from valtti.people import queries
from valtti.people.actions import teams as deeds
from valtti.people.forms.house import CalendarForm, HoursForm, HouseForm, TeamForm
from valtti.people.forms.users import SkillForm
from valtti.people.models import Team
from valtti.people.views.access import me
from valtti.ui.http import page


@needs("teams.manage")
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Every team."""
    return page(request, "people/teams.html", {"teams": queries.teams_for(request.user)})


@needs("teams.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_team(request: HttpRequest) -> HttpResponse:
    """Found a team."""
    form = TeamForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, "people/new_team.html", {"form": form}, status=422 if form.is_bound else 200)
    team = deeds.make_team(by=me(request), **form.cleaned_data)
    messages.success(request, _("The team is open. Give people their roles in it."))
    return redirect("people:team", team.pk)


@needs("teams.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team and its settings."""
    row = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    form = TeamForm(request.POST if request.method == "POST" else None, team=row)
    if not form.is_valid():
        context = {"form": form, "team": row, "people": queries.team_people(row)}
        return page(request, "people/team.html", context, status=422 if form.is_bound else 200)
    deeds.change_team(team=row, by=me(request), **form.cleaned_data)
    messages.success(request, _("The team is saved."))
    return redirect("people:team", pk)


@needs("teams.manage")
@require_POST
def retirement(request: HttpRequest, pk: int) -> HttpResponse:
    """A team serves no more."""
    row = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    deeds.retire_team(team=row, by=me(request))
    messages.success(request, _("The team is closed. What it did stays."))
    return redirect("people:teams")


@needs("teams.manage")
@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """A retired team serves again."""
    row = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    deeds.reopen_team(team=row, by=me(request))
    messages.success(request, _("The team is open again."))
    return redirect("people:team", pk)


@needs("users.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: HttpRequest) -> HttpResponse:
    """The skills there are, and a new one."""
    form = SkillForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "skills": queries.skills()}
        return page(request, "people/skills.html", context, status=422 if form.is_bound else 200)
    deeds.add_skill(title=form.cleaned_data["title"], by=me(request))
    messages.success(request, _("The skill is in the list."))
    return redirect("people:skills")


@needs("calendars.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def calendars_page(request: HttpRequest) -> HttpResponse:
    """The calendars there are, and a new one."""
    form = CalendarForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "calendars": queries.calendars()}
        return page(request, "people/calendars.html", context, status=422 if form.is_bound else 200)
    calendar = calendars.make_calendar(**form.cleaned_data)
    messages.success(request, _("Now write down the hours."))
    return redirect("people:calendar", calendar.pk)


@needs("calendars.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One calendar with its versions, and the next version."""
    shown = queries.calendar_page(pk)
    form = HoursForm(request.POST if request.method == "POST" else None, page=shown)
    if not form.is_valid():
        return page(
            request, "people/calendar.html", {"form": form, "shown": shown}, status=422 if form.is_bound else 200
        )
    day = form.cleaned_data["valid_from"]
    deeds.publish_hours(calendar=shown.calendar, valid_from=day, by=me(request), **form.hours)
    messages.success(request, _("The hours are published."))
    return redirect("people:calendar", pk)


@needs("calendars.manage")
@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """A version that has not begun is taken back."""
    version = queries.calendar_version(pk)
    deeds.withdraw_hours(version=version, by=me(request))
    messages.success(request, _("Those hours are taken back."))
    return redirect("people:calendar", version.calendar_id)


@needs("house.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def house(request: HttpRequest) -> HttpResponse:
    """What holds for the whole house."""
    form = HouseForm(request.POST if request.method == "POST" else None, instance=queries.house())
    if not form.is_valid():
        return page(request, "people/house.html", {"form": form}, status=422 if form.is_bound else 200)
    deeds.change_house(house=form.instance, by=me(request))
    messages.success(request, _("The house is saved."))
    return redirect("people:house")

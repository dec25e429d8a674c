"""Build the demo: Larvik's units, zones and key figures as data, and nine illustrative plans read as any file is.

What stands as a fact has its source on the row. The plans are illustrations and are marked so on every page.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from django.core.files import File
from django.core.management import call_command
from django.db import transaction
from django.utils.text import slugify

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.actions import documents as document_actions
from grunnmur_web.actions import plan_editions, plan_elements, uploads
from grunnmur_web.models import (
    DocumentKind,
    DocumentVersion,
    KeyFigure,
    OrgUnit,
    Plan,
    ReadState,
    ServiceZone,
)
from grunnmur_web.store import search
from grunnmur_web.words.codes import sentence

PACKAGED = Path(__file__).resolve().parent / "demo_data"
IN_CHECKOUT = Path(__file__).resolve().parents[2] / "demo"
PASSWORD_FILE = "passord.txt"  # noqa: S105 - the name of the file, not what is in it
PEOPLE = (
    ("planlegger@demo.example", "Pia Planlegger", Role.PLANNER),
    ("okonom@demo.example", "Omar Økonom", Role.ECONOMIST),
    ("leder@demo.example", "Lise Leder", Role.UNIT_LEADER),
    ("ansatt@demo.example", "Anders Ansatt", Role.STAFF),
    ("utvalg@demo.example", "Unni Utvalg", Role.COMMITTEE_MEMBER),
    ("admin@demo.example", "Ada Administrator", Role.ADMINISTRATOR),
)
PLAN_TYPES = {"temaplan": Plan.Type.THEME, "handlingsplan": Plan.Type.ACTION}
PLAN_STATUSES = {
    "in preparation": Plan.Status.PREPARATION, "adopted": Plan.Status.ADOPTED, "expired": Plan.Status.EXPIRED,
}  # fmt: skip
Row = Mapping[str, Any]


def build(folder: Path) -> None:
    """Fill the database that settings point to; does nothing when the demo is already there."""
    password = _password(folder)
    if not User.objects.filter(email=PEOPLE[0][0]).exists():
        with transaction.atomic():
            _load_facts()
            planner = _make_people(password)
        _tell("Lager ni plandokumenter …")
        _read_plans(folder, planner)
    _tell(f"\nLogg inn som {PEOPLE[0][0]} med passordet {password}")
    _tell(f"De andre brukerne og passordet står i {folder / PASSWORD_FILE}")


def data_dir() -> Path:
    """Where the demo's data lies: in the installed package, or in the checkout."""
    return PACKAGED if PACKAGED.exists() else IN_CHECKOUT


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _password(folder: Path) -> str:
    path = folder / PASSWORD_FILE
    if path.exists():
        return path.read_text(encoding="utf-8").splitlines()[0]
    password = os.environ.get("GRUNNMUR_DEMO_PASSWORD") or secrets.token_urlsafe(12)
    path.touch(mode=0o600)
    people = "\n".join(f"{email}  {role.label}" for email, _name, role in PEOPLE)
    path.write_text(f"{password}\n\n{people}\n", encoding="utf-8")
    return password


def _rows(name: str, key: str) -> list[Row]:
    with (data_dir() / "larvik" / f"{name}.yaml").open(encoding="utf-8") as file:
        rows: list[Row] = yaml.safe_load(file)[key]
    return rows


def _source(row: Row) -> tuple[str, str]:
    """Title and place of the first source of a row."""
    first = row["source"][0]
    return first["title"], first.get("place") or ""


def _load_facts() -> None:
    _load_units(_rows("organisation", "units"))
    for row in _rows("service_zones", "service_zones"):
        ServiceZone.objects.create(slug=row["id"], name=row["name"], source=", ".join(_source(row))[:300])
    for order, row in enumerate(sorted(_rows("key_figures", "key_figures"), key=lambda row: row.get("front", 99))):
        _load_key_figure(row, order)


def _load_units(rows: Iterable[Row]) -> None:
    units: dict[str, OrgUnit] = {}
    for row in rows:
        parent = units.get(row["parent"] or "")
        source = ", ".join(_source(row))[:300]
        units[row["id"]] = OrgUnit.objects.create(
            slug=row["id"], name=row["name"], kind=row["kind"], parent=parent, source=source
        )


def _load_key_figure(row: Row, order: int) -> None:
    title, locator = _source(row)
    KeyFigure.objects.create(
        label=row["label"]["nb"], value=row.get("value"), unit=row["unit"], period=row.get("period") or "",
        status=row["status"], comparison=row.get("comparison", ""), source_title=title, source_locator=locator,
        order=order,
    )  # fmt: skip


def _make_people(password: str) -> User:
    users = [User.objects.create_user(email, password, name=name, role=role) for email, name, role in PEOPLE]
    for unit in OrgUnit.objects.filter(kind=OrgUnit.Kind.SERVICE_AREA)[:1]:
        unit.leaders.add(users[2])
    return users[0]


def _builder() -> ModuleType:
    """The demo's own program, loaded from its folder: it is data that makes files, not part of the product."""
    path = data_dir() / "build" / "__init__.py"
    spec = importlib.util.spec_from_file_location(
        "grunnmur_demo_build", path, submodule_search_locations=[str(path.parent)]
    )
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _read_plans(folder: Path, planner: User) -> None:
    paths = _builder().build_plans(folder / "planfiler")
    with ExitStack() as opened:
        files = [File(opened.enter_context(path.open("rb")), name=path.name) for path in sorted(paths)]
        uploads.receive(files, by=planner)
    call_command("work", batch=True, verbosity=0)
    for version in DocumentVersion.objects.filter(state=ReadState.READ).select_related("document"):
        _describe(version, planner)
    _report()


def _report() -> None:
    read = DocumentVersion.objects.filter(state=ReadState.READ)
    _tell(f"{read.count()} av {DocumentVersion.objects.count()} dokumenter er lest.")
    for version in DocumentVersion.objects.exclude(state=ReadState.READ):
        _tell(f"  {version.filename}: {sentence(version.error_code, version.error_params)}")


def _front_matter(filename: str) -> Row:
    text = (data_dir() / "plans" / f"{Path(filename).stem}.md").read_text(encoding="utf-8")
    matter: Row = yaml.safe_load(text.split("---")[1])
    return matter


def _describe(version: DocumentVersion, planner: User) -> None:
    """Register the plan the document belongs to and publish it, unless it is still being prepared."""
    matter = _front_matter(version.filename)
    years = [int(year) for year in str(matter["period"]).split("-")]
    unit = OrgUnit.objects.filter(name=matter["owner"]).first()
    plan = Plan.objects.create(
        slug=slugify(matter["title"])[:100], name=matter["title"], period_from=years[0], period_to=years[-1], unit=unit,
        type=PLAN_TYPES[matter["type"]], status=PLAN_STATUSES[matter["status"]],
    )  # fmt: skip
    search.index_plan(plan)
    facts = {"kind": DocumentKind.PLAN, "title": matter["title"], "plan": plan, "unit": unit, "illustration": True}
    document = version.document
    document_actions.change_facts(document, facts, by=planner)
    plan_elements.make_from(plan, document, by=planner)
    if matter["status"] != "in preparation":
        document_actions.publish(document, by=planner)
        plan_editions.publish(plan, by=planner)

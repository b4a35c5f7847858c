"""The size of things. A house is easy to walk through as long as its rooms stay small."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

from django.test import SimpleTestCase

from tests.architecture.house import HOUSE, ROOT, functions, is_test, length, shown, sources, sources_of_tests
from tests.architecture.lists import FILE_MEDIAN, MAY_BE_LONG, TEST_TO_CODE, named

FILE_P95, FILE_MAX = 250, 500
FUNCTION_MEDIAN, FUNCTION_P95, FUNCTION_MAX = 8, 30, 60
TEST_FUNCTION_MEDIAN = 12
COMMAND_MAX, SCRIPT_MAX = 39, 60


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _percentile(values: list[int], share: float) -> int:
    """Nearest rank: the smallest value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]


def _files() -> dict[str, int]:
    return {shown(path): lines for path in sources() if (lines := _lines(path))}


def _functions(paths: list[Path]) -> dict[str, int]:
    return {
        f"{shown(path)}:{function.lineno} {function.name}": length(function)
        for path in paths
        for function in functions(path)
        if shown(path) not in named(MAY_BE_LONG) and f"{shown(path)}:{function.name}" not in named(MAY_BE_LONG)
    }


def _over(sizes: dict[str, int], most: int) -> dict[str, int]:
    return {name: size for name, size in sizes.items() if size > most}


class GrowthTests(SimpleTestCase):
    def test_files_stay_small(self) -> None:
        files = _files()
        self.assertEqual(_over(files, FILE_MAX), {})
        self.assertLessEqual(median(files.values()), FILE_MEDIAN.value)
        self.assertLessEqual(_percentile(list(files.values()), 0.95), FILE_P95, _over(files, FILE_P95))

    def test_files_of_tests_stay_small(self) -> None:
        self.assertEqual(_over({shown(path): _lines(path) for path in sources_of_tests()}, FILE_MAX), {})

    def test_functions_stay_small(self) -> None:
        sizes = _functions(sources())
        self.assertEqual(_over(sizes, FUNCTION_MAX), {})
        self.assertLessEqual(median(sizes.values()), FUNCTION_MEDIAN)
        self.assertLessEqual(_percentile(list(sizes.values()), 0.95), FUNCTION_P95, _over(sizes, FUNCTION_P95))

    def test_test_functions_stay_small(self) -> None:
        sizes = {name: size for name, size in _functions(sources_of_tests()).items() if " test_" in name}
        self.assertLessEqual(median(sizes.values()), TEST_FUNCTION_MEDIAN)

    def test_there_is_more_test_than_code(self) -> None:
        code = sum(_lines(path) for path in sources())
        tests = sum(_lines(path) for path in sources_of_tests())
        self.assertGreaterEqual(tests / code, TEST_TO_CODE.value, f"{tests} lines of tests for {code} lines of code")

    def test_every_function_says_what_it_takes_and_gives(self) -> None:
        silent = [
            f"{shown(path)}:{function.lineno} {function.name}"
            for path in [*sources(), *sources_of_tests()]
            for function in functions(path)
            if function.returns is None or not all(_typed(function))
        ]
        self.assertEqual(silent, [])

    def test_commands_and_scripts_stay_small(self) -> None:
        commands = {shown(path): _lines(path) for path in (ROOT / "bin").iterdir()}
        scripts = {
            shown(path): _lines(path) for path in HOUSE.glob("*/static/**/js/*.js") if "vendor" not in path.parts
        }
        self.assertEqual(_over(commands, COMMAND_MAX) | _over(scripts, SCRIPT_MAX), {})

    def test_every_module_opens_with_what_lives_in_it(self) -> None:
        silent = [
            shown(path)
            for path in sources()
            if _lines(path) and not is_test(path) and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        ]
        self.assertEqual(silent, [])


def _typed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[bool]:
    places = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [place.annotation is not None for place in places if place.arg not in {"self", "cls"}]

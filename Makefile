.PHONY: check format bench

check:
	uv run ruff format --check .
	uv run ruff check .
	uv run mypy
	uv run pytest

format:
	uv run ruff format .
	uv run ruff check --fix .

bench:
	uv run python -m benchmarks

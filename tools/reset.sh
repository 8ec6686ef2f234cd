#!/bin/sh
# Removes the data folder, only if `make run` made it; called by `make reset`.
set -eu

folder=$1

if [ ! -e "$folder" ]; then
    echo "Nothing to remove: there is no $folder"
elif [ ! -e "$folder/.made-by-make-run" ]; then
    echo "Nothing removed: $folder was not made by make run; remove it by hand if you mean it" >&2
    exit 1
else
    echo "Removing $folder ($(du -sh "$folder" | cut -f1)):"
    ls "$folder" | sed 's/^/  /'
    rm -rf -- "$folder"
fi

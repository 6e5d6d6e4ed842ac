#!/bin/sh
# make-image.sh FOLDER: makes the tree of an image in a new folder: the program, built, with the packages that it runs with and nothing else.
# The Dockerfile calls it. It needs Node 20.19 or later with npm, the registry of npm (NPM_CONFIG_REGISTRY names another), and 1 GB of memory.
set -eu
target=${1:?"the folder for the tree is missing: make-image.sh FOLDER"}
cd "$(dirname "$0")/../.."

[ -d node_modules ] || npm ci --ignore-scripts
npm run build

# Without -p: what is there already would be in the image, too.
mkdir "$target"
mkdir "$target/prisma"
cp package.json package-lock.json .npmrc LICENSE "$target"
cp -R prisma/migrations prisma/sample "$target/prisma"
cp -R dist "$target"
node tools/sbom.mjs "$target/sbom.cdx.json"

cd "$target"
# Not the embedded Postgres, which is optional, nor Prisma's command line, which its client names as a peer.
npm ci --omit=dev --omit=optional --omit=peer --ignore-scripts --prefer-offline
# The client has a query compiler for each database; the program loads one.
find node_modules/@prisma/client/runtime -type f \
  ! -name 'client.*js' ! -name 'query_compiler_fast_bg.postgresql.*' ! -name package.json -delete
# What serves editors and debuggers.
find node_modules dist -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
rm -rf package-lock.json .npmrc node_modules/.package-lock.json node_modules/@types dist/.compiled
# Whoever runs it owns none of it and must only read it.
chmod -R a+rX,go-w .

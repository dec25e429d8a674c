/*
 * Fetches nothing: copies what npm has installed into src/grunnmur_web/static/vendor, so that the running
 * site asks no other host for anything. Builds the theme from designsystemet.config.json and a sprite of
 * the icons named in icons.txt. Does nothing when nothing has changed.
 *
 *   npm ci && node frontend/build.mjs [--force]
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const modules = join(root, "node_modules");
const target = join(root, "src/grunnmur_web/static/vendor");
const inputs = ["package-lock.json", "frontend/build.mjs", "frontend/designsystemet.config.json", "frontend/icons.txt"];

// Without these comments the hashing of static files would look for maps that are not shipped.
const withoutSourceMap = (text) => text.replace(/\n?\/[/*]# sourceMappingURL=.*$/gm, "");

function copyText(from, to) {
  writeFileSync(to, withoutSourceMap(readFileSync(from, "utf8")));
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const name of inputs) hash.update(name).update(readFileSync(join(root, name)));
  return hash.digest("hex");
}

function theme(out) {
  const scratch = mkdtempSync(join(tmpdir(), "grunnmur-theme-"));
  const command = join(modules, "@digdir/designsystemet/dist/bin/designsystemet.js");
  const config = JSON.parse(readFileSync(join(here, "designsystemet.config.json"), "utf8"));
  const ownConfig = join(scratch, "designsystemet.config.json");
  delete config.$schema;
  config.outDir = join(scratch, "tokens");
  writeFileSync(ownConfig, JSON.stringify(config));
  const run = (...args) => execFileSync(process.execPath, [command, "tokens", ...args], { cwd: scratch, stdio: "pipe" });
  run("create", "--config", ownConfig);
  run("build", "--config", ownConfig, "--tokens", config.outDir, "--out-dir", join(scratch, "built"));
  copyText(join(scratch, "built", `${Object.keys(config.themes)[0]}.css`), join(out, "theme.css"));
  rmSync(scratch, { recursive: true, force: true });
}

/** Norwegian, Sami and English need the latin and latin-ext subsets only. */
function fonts(out) {
  const folder = join(modules, "@fontsource-variable/inter");
  mkdirSync(join(out, "fonts"));
  const faces = [];
  for (const style of ["wght", "wght-italic"]) {
    const css = readFileSync(join(folder, `${style}.css`), "utf8");
    for (const [face, file] of css.matchAll(/@font-face\s*\{[^}]*files\/(inter-latin(?:-ext)?-wght-\w+\.woff2)[^}]*\}/g)) {
      faces.push(face.replaceAll("./files/", "./fonts/"));
      cpSync(join(folder, "files", file), join(out, "fonts", file));
    }
  }
  if (faces.length !== 4) throw new Error(`expected four font faces, found ${faces.length}`);
  writeFileSync(join(out, "inter.css"), faces.join("\n") + "\n");
}

function icons(out) {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").map((line) => line.trim()).filter(Boolean);
  const symbols = [...new Set(names)].sort().map((name) => {
    const svg = readFileSync(join(modules, "@navikt/aksel-icons/dist/svg", `${name}.svg`), "utf8");
    const [, box, body] = svg.match(/<svg[^>]*viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
    return `<symbol id="${name}" viewBox="${box}" fill="none">${body.trim()}</symbol>`;
  });
  writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

function licences(out) {
  const licenceOf = (name) => join(modules, name, "LICENSE");
  mkdirSync(join(out, "licences"));
  for (const name of ["@digdir/designsystemet-css", "@digdir/designsystemet-web", "@fontsource-variable/inter", "htmx.org"]) {
    cpSync(licenceOf(name), join(out, "licences", name.replace("@", "").replace("/", "-") + ".txt"));
  }
  const aksel = JSON.parse(readFileSync(join(modules, "@navikt/aksel-icons/package.json"), "utf8"));
  writeFileSync(
    join(out, "licences", "navikt-aksel-icons.txt"),
    `${aksel.name} ${aksel.version}\nLicence: ${aksel.license}\nAuthor: ${aksel.author?.name ?? aksel.author}\n`,
  );
}

function build(mark) {
  mkdirSync(dirname(target), { recursive: true });
  const out = mkdtempSync(join(dirname(target), ".vendor-"));
  try {
    copyText(join(modules, "@digdir/designsystemet-css/dist/src/index.css"), join(out, "designsystemet.css"));
    copyText(join(modules, "@digdir/designsystemet-web/dist/umd/index.js"), join(out, "designsystemet.js"));
    copyText(join(modules, "htmx.org/dist/htmx.min.js"), join(out, "htmx.js"));
    theme(out);
    fonts(out);
    icons(out);
    licences(out);
    writeFileSync(join(out, "build.sha256"), mark + "\n");
    chmodSync(out, 0o755);
    rmSync(target, { recursive: true, force: true });
    renameSync(out, target);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

if (!existsSync(modules)) {
  console.error("node_modules is missing. Run «npm ci» first.");
  process.exit(1);
}
const mark = fingerprint();
const markFile = join(target, "build.sha256");
if (!process.argv.includes("--force") && existsSync(markFile) && readFileSync(markFile, "utf8").trim() === mark) {
  console.log("Front-end assets are up to date.");
} else {
  build(mark);
  console.log("Front-end assets built.");
}

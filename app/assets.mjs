// Brings what the browser needs from npm into the build: node assets.mjs TARGET-FOLDER
// Does nothing when the lock file has not changed since the last time.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = process.argv[2];
const stamp = join(target, ".stamp");
const faces = ["Regular", "Medium", "SemiBold"];

/** Package file → place under the target folder. Licences travel with what they cover. */
const files = [
  ["@kern-ux/native/dist/kern.min.css", "kern/kern.min.css"],
  ["@kern-ux/native/LICENSE.md", "kern/LICENSE.md"],
  ...faces.map((face) => [
    `@kern-ux/native/dist/fonts/fira-sans/FiraSans-${face}.woff2`,
    `kern/fonts/FiraSans-${face}.woff2`,
  ]),
  ["htmx.org/dist/htmx.min.js", "htmx/htmx.min.js"],
  ["htmx.org/LICENSE", "htmx/LICENSE"],
  ["echarts/dist/echarts.common.min.js", "echarts/echarts.common.min.js"],
  ["echarts/LICENSE", "echarts/LICENSE"],
  ["echarts/NOTICE", "echarts/NOTICE"],
];

const wanted = createHash("sha256")
  .update(readFileSync(join(here, "package-lock.json")))
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest("hex");

if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
  process.exit(0);
}
if (!installed()) {
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: here,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error("The browser assets could not be installed: npm ci failed in " + here + ". Node 20 or newer is needed.");
    process.exit(1);
  }
  writeFileSync(join(modules, ".allmende"), wanted);
}
rmSync(target, { recursive: true, force: true });
for (const [from, to] of files) {
  const place = join(target, to);
  mkdirSync(dirname(place), { recursive: true });
  cpSync(join(modules, from), place);
}
writeFileSync(stamp, wanted);

function installed() {
  const mark = join(modules, ".allmende");
  return existsSync(mark) && readFileSync(mark, "utf8") === wanted && files.every(([from]) => existsSync(join(modules, from)));
}

// Files on the page: dropped on it, removed at any step, packed for the police, and the key that is kept as one.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { visit } from "./pageVisit.mjs";

const DESKTOP = { width: 1280, height: 800 };

// As the system does when files are dragged from another window.
async function drop({ context, page }, target, files) {
  const { x, y, width, height } = await target.boundingBox();
  const session = await context.newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: x + width / 2, y: y + height / 2, data });
  }

  await session.detach();
}

/** Drops files, and removes them while they wait, are hashed, are ready, were refused, or were looked through. */
export async function tryFiles({ browser, service, pictures, check }) {
  const person = await visit(browser, service.origin, "en", { viewport: DESKTOP });
  const { page } = person;
  const rows = page.locator(".files li");
  const remove = async (row) => {
    await row.getByRole("button").click();
  };
  const names = () => page.locator(".file-name").allTextContents();
  try {
    await person.toPhotos();
    await drop(person, page.locator(".drop"), [pictures.jpeg, pictures.cut]);
    const [ready] = await person.chosen(2);
    check("files: what is dropped is hashed", ready, person.say("photoReady"));
    await drop(person, page.locator("h1"), [pictures.png]);
    check("files: what is dropped beside the field is not opened", [page.url(), await rows.count()], [
      `${person.origin}/`,
      2,
    ]);

    // The second waits while the first is hashed.
    await page.setInputFiles("#photo-files", [pictures.fortyEight, pictures.webp, pictures.png]);
    const working = rows.nth(2);
    await working.locator(".state.working").waitFor();
    check("files: the next one waits", await rows.nth(3).locator(".state.waiting").count(), 1);
    await remove(rows.nth(3));
    await remove(working);
    await person.chosen(3);
    const left = [pictures.jpeg, pictures.cut, pictures.png].map((file) => basename(file));
    check("files: one that waits and one that is hashed can be removed", await names(), left);
    await remove(rows.nth(1));
    await remove(rows.nth(0));
    check("files: and one that is ready or refused", await names(), [basename(pictures.png)]);
    const focus = await page.evaluate(() => document.activeElement.id);
    check("files: the focus stays where it is of use", focus, "photo-files");

    await person.choose([pictures.jpeg, pictures.webp]);
    const before = await person.toReview();
    await person.press("reviewChangePictures");
    await person.at("photosHeading");
    await remove(rows.nth(2));
    const after = await person.toReview();
    check("files: one removed after the review is not among what is sent", [before.length, before[0] === after[0]], [
      1,
      false,
    ]);
    await person.send();
    await person.reads("receiptRegistered", { count: 2 });
    const found = await service.check([pictures.png, pictures.jpeg, pictures.webp]);
    check("files: a platform finds the others only", found, [1, 1, 0]);
    await tryReceipt(person, check);
  } finally {
    await person.close();
  }
}

async function tryReceipt(person, check) {
  const { page, context } = person;
  const key = (await page.locator(".key").first().textContent()).trim();
  const saving = page.waitForEvent("download");
  await person.press("saveFile");
  const saved = await saving;
  const text = readFileSync(await saved.path(), "utf8");
  check("files: the key's file has a neutral name and nothing else in it", [saved.suggestedFilename(), text], [
    "notes.txt",
    `${key}\n`,
  ]);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await person.press("copy");
  await person.reads("copied");
  check("files: the key is copied", await page.evaluate(() => navigator.clipboard.readText()), key);
}

/** Packs screenshots, without a connection, and looks into what was packed. */
export async function tryEvidence({ browser, service, pictures, check }) {
  const folder = mkdtempSync(join(tmpdir(), "hashmatch-evidence-"));
  const person = await visit(browser, service.origin, "ar", { viewport: DESKTOP });
  const { page } = person;
  try {
    await person.prefetched();
    const before = person.requests.length;
    await person.context.setOffline(true);
    await person.press("startEvidence");
    await person.at("evidenceHeading");
    await drop(person, page.locator(".drop"), [pictures.png, pictures.webp, pictures.jpeg]);
    const rows = page.locator(".files li");
    await rows.nth(2).waitFor();
    await rows.nth(1).getByRole("button").click();
    const downloading = page.waitForEvent("download");
    await person.press("evidenceSave");
    const kit = await downloading;
    const name = kit.suggestedFilename();
    check("evidence: the kit has a neutral name", /^files-\d{4}-\d\d-\d\d\.zip$/.test(name), true);
    await promisify(execFile)("/usr/bin/python3", ["-m", "zipfile", "-e", await kit.path(), folder]);
    const packed = readdirSync(folder, { recursive: true }).sort();
    const files = [pictures.png, pictures.jpeg].map((file, i) => `files/0${i + 1}-${basename(file)}`);
    check("evidence: it holds the files that were left", packed, ["files", ...files, "sha256.txt", "summary.html"]);
    check("evidence: as they are", files.map((file) => digest(join(folder, file))), [
      digest(pictures.png),
      digest(pictures.jpeg),
    ]);
    const { stdout } = await promisify(execFile)("sha256sum", ["--check", "--strict", "sha256.txt"], { cwd: folder });
    check("evidence: the list of digests is right", stdout.match(/: OK$/gm)?.length, 2);
    const summary = readFileSync(join(folder, "summary.html"), "utf8");
    const told = [digest(pictures.jpeg), '<html lang="ar" dir="rtl">', person.say("summaryTitle")];
    check("evidence: the summary says so too, in the person's language", told.filter((one) => !summary.includes(one)), []);
    check("evidence: and runs nothing", /<script|\son\w+=|https?:/.test(summary), false);
    check("evidence: nothing was asked for or sent", person.requests.length, before);
  } finally {
    await person.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function digest(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

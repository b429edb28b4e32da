// Pictures as phones and websites make them, from the photos of the shared folder.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the photos, which lies beside the checkout or further up; nothing where there is none. */
export function findPhotos() {
  let folder = fileURLToPath(new URL(".", import.meta.url));
  while (folder !== dirname(folder)) {
    const photos = join(folder, "shared/photos");
    if (existsSync(photos)) {
      return photos;
    }

    folder = dirname(folder);
  }
}

// The tag that says: turn me by a quarter to the left.
const turned = Buffer.from(
  "ffe10022457869660000" + "4d4d002a00000008" + "0001" + "0112000300000001" + "00080000" + "00000000",
  "hex",
);

/** Makes them. @returns the path of each, by its name */
export function makePictures(photos) {
  const folder = mkdtempSync(join(tmpdir(), "hashmatch-pictures-"));
  const path = (name) => join(folder, name);
  const convert = (...options) => execFileSync("/usr/bin/convert", options, { cwd: folder });
  const photo = (name) => join(photos, `${name}.jpg`);
  copyFileSync(photo("cid22_0000"), path("photo.jpg"));
  convert(photo("cid22_0004"), "photo.png");
  convert(photo("cid22_0005"), "-quality", "92", "photo.webp");
  convert(photo("cid22_0009"), "heic.png");
  execFileSync("heif-enc", ["-q", "90", "heic.png", "-o", "photo.heic"], { cwd: folder, stdio: "ignore" });
  convert(photo("kodak_0000"), "-rotate", "90", "-quality", "95", "lying.jpg");
  const lying = readFileSync(path("lying.jpg"));
  writeFileSync(path("turned.jpg"), Buffer.concat([lying.subarray(0, 2), turned, lying.subarray(2)]));
  copyFileSync(photo("cid22_0011"), path("later.jpg"));
  // As people cut a picture to its middle before they share it.
  const middle = ["-gravity", "center", "-crop", "80%x80%+0+0", "+repage", "-quality", "85"];
  convert("photo.jpg", ...middle, "cropped.jpg");
  convert("later.jpg", ...middle, "later-cropped.jpg");
  convert("photo.jpg", ...middle, "-flop", "mirrored.jpg");
  const whole = readFileSync(photo("cid22_0012"));
  writeFileSync(path("cut.jpg"), whole.subarray(0, whole.length / 2));
  convert("-size", "400x300", "xc:teal", "flat.png");
  convert(photo("kodak_0002"), "-resize", "4000x3000!", "-quality", "90", "12mp.jpg");
  convert(photo("kodak_0003"), "-resize", "8000x6000!", "-quality", "85", "48mp.jpg");
  const names = {
    jpeg: path("photo.jpg"),
    png: path("photo.png"),
    webp: path("photo.webp"),
    heic: path("photo.heic"),
    turned: path("turned.jpg"),
    upright: photo("kodak_0000"),
    later: path("later.jpg"),
    cropped: path("cropped.jpg"),
    laterCropped: path("later-cropped.jpg"),
    mirrored: path("mirrored.jpg"),
    many: readdirSync(photos)
      .filter((name) => name.endsWith(".jpg"))
      .slice(20, 47)
      .map((name) => join(photos, name)),
    cut: path("cut.jpg"),
    flat: path("flat.png"),
    twelve: path("12mp.jpg"),
    fortyEight: path("48mp.jpg"),
  };
  return { folder, ...names };
}

// Photos made small enough for a village's network before they are sent. The camera's own time and place go along in the
// file's EXIF block, so that the server reads them and takes them off; the orientation is drawn in and marked as done.
(() => {
  "use strict";
  const LONGEST = 1600; // points of the longer side
  const QUALITY = 0.8;
  const HEAD = 256 * 1024; // bytes in which the EXIF block of a photo lies
  const ORIENTATION = 0x0112;

  // The APP1 segment with EXIF of a JPEG, or null.
  const exifOf = async (file) => {
    const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
    const view = new DataView(bytes.buffer);
    if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; at + 4 < bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
      const size = view.getUint16(at + 2) + 2;
      const exif = bytes[at + 1] === 0xe1 && String.fromCharCode(...bytes.slice(at + 4, at + 8)) === "Exif";
      if (exif && at + size <= bytes.length) return upright(bytes.slice(at, at + size));
      at += size;
    }
    return null;
  };

  // The same segment with orientation 1: the picture is drawn as it is seen.
  const upright = (segment) => {
    const view = new DataView(segment.buffer);
    const base = 10; // marker, length, "Exif", two zeros
    const little = view.getUint16(base) === 0x4949;
    const first = base + view.getUint32(base + 4, little);
    if (first + 2 > segment.length) return segment;
    const entries = view.getUint16(first, little);
    for (let n = 0; n < entries; n += 1) {
      const at = first + 2 + n * 12;
      if (at + 12 > segment.length) break;
      if (view.getUint16(at, little) === ORIENTATION) view.setUint16(at + 8, 1, little);
    }
    return segment;
  };

  const drawn = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * share));
    canvas.height = Math.max(1, Math.round(picture.height * share));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  };

  // {name, blob}: the photo made small; as it is where this browser cannot draw it — the server then says what to do.
  window.smallPhoto = async (file) => {
    try {
      const small = await drawn(file);
      const exif = await exifOf(file);
      const parts = exif ? [small.slice(0, 2), exif, small.slice(2)] : [small];
      const name = `${file.name.replace(/\.[^.]*$/, "") || "照片"}.jpg`;
      return { name, blob: new Blob(parts, { type: "image/jpeg" }) };
    } catch {
      return { name: file.name, blob: file };
    }
  };
})();

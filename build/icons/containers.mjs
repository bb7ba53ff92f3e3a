/*
 * The two formats that hold one icon in several sizes. Both are a table of contents before ordinary PNGs, so that no
 * program is needed to write them.
 */

/** Windows draws these; 256 is the largest that an .ico can name. */
const icoSizes = [16, 24, 32, 48, 64, 128, 256];

/**
 * Apple's names for the sizes in pixels (icns file format).
 * @type {readonly (readonly [string, number])[]}
 */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
];

/**
 * @param {ReadonlyMap<number, Buffer>} pictures PNG by size in pixels
 * @returns {Buffer} a Windows icon
 */
export function ico(pictures) {
  const chosen = icoSizes.map((size) => ({ size, data: pictureOf(pictures, size) }));
  const header = Buffer.alloc(6 + 16 * chosen.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(chosen.length, 4);
  let offset = header.length;
  for (const [index, { size, data }] of chosen.entries()) {
    const at = 6 + 16 * index;
    // A side of 256 is written as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(data.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([header, ...chosen.map(({ data }) => data)]);
}

/**
 * @param {ReadonlyMap<number, Buffer>} pictures PNG by size in pixels
 * @returns {Buffer} an Apple icon
 */
export function icns(pictures) {
  const parts = icnsTypes.map(([type, size]) => block(type, pictureOf(pictures, size)));
  return block('icns', Buffer.concat(parts));
}

/**
 * @param {string} type four letters
 * @param {Buffer} data
 */
function block(type, data) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(data.length + 8, 4);
  return Buffer.concat([header, data]);
}

/**
 * @param {ReadonlyMap<number, Buffer>} pictures
 * @param {number} size
 */
function pictureOf(pictures, size) {
  const picture = pictures.get(size);
  if (picture === undefined) throw new Error(`there is no picture of ${size} pixels`);
  return picture;
}

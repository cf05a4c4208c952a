/* What both sides of the FlexSearch peer agree on. */
const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/gi, "d")
    .toLowerCase();

export const options = {
  document: { id: "id", index: ["title", "names", "text"] },
  encode: (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [],
  tokenize: "strict",
  context: { depth: 2, resolution: 3, bidirectional: true },
};

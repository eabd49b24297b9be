/** Reads a PDF back: the text of each page, as a reader or a search finds it. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** The pieces of text of each page, in the order in which they were written. */
export const textLayer = async (bytes: Uint8Array): Promise<readonly (readonly string[])[]> => {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await loading.promise;
  const pages: (readonly string[])[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: true });
    pages.push(items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str] : [])));
  }
  await loading.destroy();
  return pages;
};

/** All text of a page as one line. */
export const flat = (page: readonly string[]): string => page.join(' ').replaceAll(/\s+/g, ' ');

/** The size of the smallest letters in points, to a hundredth. */
export const leastSize = async (bytes: Uint8Array): Promise<number> => {
  const loading = getDocument({ data: bytes.slice(), verbosity: 0 });
  const pdf = await loading.promise;
  const sizes: number[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    sizes.push(...items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.height] : [])));
  }
  await loading.destroy();
  return Math.round(Math.min(...sizes) * 100) / 100;
};

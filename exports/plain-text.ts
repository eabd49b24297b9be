/** What people typed, as the formats of the outside world can carry it. */

/** Characters that neither FHIR strings, XHTML nor HL7 may hold: all controls but tab, line feed and carriage return. */
const CONTROLS = /[^\t\n\r\P{Cc}]/gu;

/** Without control characters and surrounding blanks; never empty, because a text that is there must not look absent. */
export const plainText = (text: string): string => {
  const plain = text.replace(CONTROLS, ' ').trim();
  return plain === '' ? '(no text)' : plain;
};

/** The English texts. They name the keys that every other language must have too. */
export const en = {
  // The frame around every screen.
  skip: 'Skip to main content',
  exit: 'Leave this page',
  exitHint:
    'Or press Shift three times. Leaving clears what you entered here. It does not clear your browser’s history.',
  exitPresses: {
    one: 'Press Shift {count} more time to leave this page.',
    other: 'Press Shift {count} more times to leave this page.',
  },
  language: 'Language',
  back: 'Back',
  problem: 'There is a problem',
  warning: 'Warning',
  continue: 'Continue',
  loading: 'One moment',
  loadFailed: 'This part of the page could not be loaded. Check your connection and try again.',
  tryAgain: 'Try again',
  newTab: '{name} (opens in a new tab)',

  // The first screen.
  startHeading: 'Help to stop an intimate picture from being shared',
  startLead:
    'Is someone sharing an intimate picture of you, or threatening to? You are not to blame. This page helps platforms to find the picture and take it down.',
  startHow: 'How it works',
  startHow1: 'You choose the pictures on this device. They never leave it.',
  startHow2:
    'This page makes up to 16 fingerprints of each picture: 64 letters and digits each that describe how the picture looks, whole and in parts.',
  startHow3: 'Only the fingerprints are sent, with one answer about your age. No name, no account, no e-mail address.',
  startHow4:
    'Platforms that take part compare what is uploaded to them with the fingerprints. They look at a match and decide whether to take it down.',
  startLimits: 'What it cannot do',
  startLimits1: 'It works only on platforms that take part. It does not remove a picture from the whole internet.',
  startLimits2: 'Someone who changes a picture a lot can get around it.',
  startLimits3: 'A match is a hint for the people at a platform. It is not proof of anything.',
  startLimits4:
    'A fingerprint is not the picture, but a rough likeness can sometimes be made from it. So we guard it as we would the picture.',
  startDanger: 'If you are in danger now, call your emergency number or the police.',
  startBackNote:
    'To go back, use the Back link on this page. Your browser’s back button leaves the page and clears everything.',
  startButton: 'Start',
  startOther: 'Other things you can do here',
  startCase: 'See, add to or withdraw a case (you need your case key)',
  startAdvice: 'Read what to do now',
  startContacts: 'Find people who can help',
  startEvidence: 'Collect evidence for the police',

  // The person's age.
  ageHeading: 'Were you under 18 in the picture?',
  ageHint: 'If you have several pictures: in at least one of them. If you are not sure, choose Yes.',
  ageYes: 'Yes, I was under 18',
  ageNo: 'No, I was 18 or over',
  ageError: 'Choose Yes or No',
  ageWhy: 'Why we ask',
  ageWhyText:
    'The answer decides which rules apply to the picture and which services can help you. We ask nothing else about you.',

  // Choosing pictures.
  photosHeading: 'Choose your pictures',
  photosHint: 'Choose one or more pictures on this device. They stay on it, and this page does not show them.',
  photosChoose: 'Choose pictures',
  photosMore: 'Choose more pictures',
  photosDrop: 'You can also drop pictures here.',
  photosList: 'Your choice',
  photo: 'Picture {number}',
  photoWaiting: 'Waiting',
  photoWorking: 'Making the fingerprints',
  photoReady: 'Ready',
  photoDuplicate: 'The same as another picture here. It is sent only once.',
  photoRefused: 'Cannot be used',
  photoRemove: 'Remove',
  photoRemoveWhich: 'Remove picture {number}, {name}',
  photosReady: { one: '{count} picture is ready.', other: '{count} pictures are ready.' },
  photosRefused: { one: '{count} picture cannot be used.', other: '{count} pictures cannot be used.' },
  photosErrorNone: 'Choose at least one picture that can be used',
  photosErrorBusy: 'Wait until every picture is ready, or remove the ones that are not',
  photosTooMany: {
    one: 'A case can hold {max} pictures. {count} file was left out.',
    other: 'A case can hold {max} pictures. {count} files were left out.',
  },
  refusedEmpty: 'The file is empty.',
  refusedUnreadable:
    'The file could not be read. It may have been moved, or be stored in a cloud and not on this device.',
  refusedFileTooLarge: 'The file is too large.',
  refusedTooManyPixels: 'The picture is too large. It can have up to 100 megapixels.',
  refusedNotAPicture: 'This file is not a picture. Choose a JPEG, PNG, WebP or HEIC file.',
  refusedVideo: 'This is a video. This page takes pictures only.',
  refusedUnsupported: 'This kind of picture cannot be used. Save it as JPEG or PNG and choose it again.',
  refusedDamaged: 'The file is damaged or not complete. Try another copy of it.',
  refusedCannotDecode: 'This browser cannot open the picture. Save it as JPEG, or try another browser.',
  refusedHeicMissing:
    'To open this HEIC photo, another part of the page is needed, and it could not be loaded. Check your connection, then remove the photo and choose it again.',
  refusedTooLittleDetail: 'The picture shows too little detail. It could be mistaken for other people’s pictures.',
  refusedNoisyCanvas:
    'Your browser alters pictures to protect your privacy, so the fingerprints would be wrong. Turn that protection off for this page, or use another browser.',
  refusedOldBrowser: 'This browser is too old for it. Update it, or use another one.',
  refusedFailed:
    'It did not work; perhaps the memory of this device was not enough. Close other apps, then remove the picture and choose it again.',

  // What will be sent.
  reviewHeading: 'Check what will be sent',
  reviewLead: 'When you press Send, this leaves your device, and nothing else does.',
  reviewPictures: 'Fingerprints',
  reviewPicturesValue: { one: '{prints} of {count} picture', other: '{prints} of {count} pictures' },
  reviewViews: 'What they find',
  reviewAge: 'Under 18 in a picture',
  yes: 'Yes',
  no: 'No',
  reviewKey: 'Case key',
  reviewKeyNew: 'Random, just made on this device. You will see it after sending.',
  reviewKeyKnown: 'The one that you entered',
  reviewTo: 'Sent to',
  reviewSize: 'Size',
  reviewSizeValue: {
    one: '{size} bytes. {count} of them is filling.',
    other: '{size} bytes. {count} of them are filling.',
  },
  reviewSizeWhy: 'The filling makes messages look alike, so that nobody on the line can tell how much you send.',
  reviewChange: 'Change',
  reviewChangePictures: 'Change the pictures',
  reviewChangeViews: 'Change what they find',
  reviewChangeAge: 'Change the answer about your age',
  reviewBytes: 'The exact bytes',
  reviewBytesText: 'This is the message to the last byte, each byte as two characters.',
  reviewBytesPart: 'Message {number} of {count}',
  reviewNetwork:
    'As with every website, the service sees the internet address of your device while it answers. It does not keep it.',
  send: 'Send',

  // How much is sent of each picture.
  viewsHeading: 'Which copies should be found?',
  viewsWide: 'Edited copies too',
  viewsWideText:
    'Up to 16 fingerprints of each picture can also find copies that were cropped, turned or framed, and tell a little more about the picture.',
  viewsPlain: 'Copies of the whole picture only',
  viewsPlainText:
    'One fingerprint of each picture finds copies that were made smaller, saved again or slightly recoloured, and tells the least about the picture.',

  // Sending.
  sendingHeading: 'Sending',
  sendingPart: 'Message {number} of {count}',
  lostHeading: 'We do not know whether it arrived',
  lostText:
    'The connection broke before the answer came. Please try again. It is safe: the same case key is used, so nothing is registered twice.',
  lostKey: 'If you cannot try again now, write down this case key. If your message arrived, the key opens your case.',
  lostWithdraw: 'The connection broke before the answer came. Please try again. It is safe to do so.',
  unreachableHeading: 'The service could not be reached',
  unreachableText: 'Check your connection and try again.',
  busyHeading: 'The service is busy',
  busyText: 'Wait a minute and try again. Nothing that you did here is lost.',
  goneHeading: 'This case was withdrawn',
  goneText: 'Nothing can be added to it any more. To register pictures again, start a new case.',
  noCaseHeading: 'No case has this key',
  noCaseText: 'Check the key. If you never finished sending, start a new case.',
  refusedHeading: 'The service did not take the message',
  refusedText:
    'Close this page, open it again and start again. If it happens once more, those who run it have to mend it.',
  startAgain: 'Go to the first page',

  // The receipt.
  receiptHeading: 'Save your case key',
  receiptRegistered: { one: '{count} picture is registered.', other: '{count} pictures are registered.' },
  receiptNotTaken: { one: '{count} picture was not taken:', other: '{count} pictures were not taken:' },
  receiptLowQuality: 'too little detail',
  receiptNotAPicture: 'too much like an empty or very simple picture',
  receiptCaseFull: 'the case is full',
  receiptTooMany: 'the case holds this picture in too many forms already',
  receiptNothing: 'No picture was registered',
  receiptKey: 'Your case key',
  receiptFor:
    'With this key you can see what platforms report, add pictures, or withdraw them. You also need the address of this page: {address}',
  receiptWarning:
    'Nobody can recover the key, and we do not keep it. Anyone who has it can withdraw your pictures. Keep it where only you will find it.',
  copy: 'Copy the key',
  copied: 'Copied. Other apps on this device may be able to read it until you copy something else.',
  copyFailed: 'Your browser did not allow it. Select the key and copy it, or write it down.',
  saveFile: 'Save as a file',
  saveFileHint: 'The file is named {name} and does not say what it is for.',
  qrShow: 'Show as a QR code',
  qrLabel: 'QR code of your case key',
  qrHint: 'Take a photo of it with another device that only you use.',
  receiptSaved: 'I have saved my case key',
  receiptError: 'Confirm that you have saved your case key',
  finish: 'Finish',

  // After the receipt.
  doneHeading: 'Your pictures are registered',
  addedHeading: 'Your pictures are added',
  doneNext: 'What happens next',
  done1:
    'Platforms that take part compare new uploads with your fingerprints from now on. With some it takes a day or longer to begin.',
  done2: 'Come back with your case key to see what they report. That is updated once a week.',
  done3: 'If you see the picture on a platform, report it there as well. You do not have to wait.',
  doneHelp: 'You do not have to go through this alone',
  doneDelete: 'This page keeps nothing. You can leave it now.',
  seeCase: 'See your case',

  // The case key.
  keyHeading: 'What is your case key?',
  keyHint: '27 characters. Capital or small letters, hyphens and spaces do not matter.',
  keyErrorEmpty: 'Enter your case key',
  keyErrorWrong: 'This is not a case key. A character may be wrong or missing: check each group of five',
  keyLost: 'If you have lost it',
  keyLostText:
    'We cannot recover a case key, because we do not know who you are. Your pictures stay registered. You can register them again as a new case.',

  // A case.
  caseHeading: 'Your case',
  casePictures: { one: 'Your case holds {count} picture.', other: 'Your case holds {count} pictures.' },
  caseEmpty: 'Your case holds no pictures now.',
  caseFirst: { one: 'Only the first picture is shown.', other: 'Only the first {count} pictures are shown.' },
  caseWeekly: 'What platforms report is updated once a week, on Monday.',
  caseWithdrawn: 'This case was withdrawn. None of its pictures matches any more.',
  caseMirrors: {
    one: 'Platforms keep {count} copy of the list. Confirmed to hold nothing of your case: {confirmed}.',
    other: 'Platforms keep {count} copies of the list. Confirmed to hold nothing of your case: {confirmed}.',
  },
  caseRegistered: 'Registered on',
  casePublished: 'In platforms’ own copies of the list',
  casePublishedNo: 'Not yet known. We can tell from the third day on. At the service itself it already counts.',
  caseReports: 'Platforms report',
  caseNoReports: 'Nothing yet',
  caseRemoved: { one: 'removed by {count} platform', other: 'removed by {count} platforms' },
  caseReview: { one: 'being looked at by {count} platform', other: 'being looked at by {count} platforms' },
  caseAllowed: {
    one: 'left up by {count} platform, as not against its rules',
    other: 'left up by {count} platforms, as not against their rules',
  },
  caseAdd: 'Add pictures',
  caseWithdrawAll: 'Withdraw the whole case',
  caseWithdrawOne: 'Withdraw',
  caseWithdrawWhich: 'Withdraw picture {number}',
  caseRefresh: 'Look again',

  // Withdrawing.
  withdrawOneHeading: 'Withdraw picture {number}?',
  withdrawOneText:
    'Platforms will no longer be told when this picture is uploaded. Its fingerprints are erased. You can register the picture again later.',
  withdrawAllHeading: 'Withdraw the whole case?',
  withdrawAllText:
    'Platforms will no longer be told when any of these pictures is uploaded. All fingerprints of the case are erased.',
  withdrawAllWarning: 'This cannot be undone. To register the pictures again, you would start a new case.',
  withdrawYes: 'Yes, withdraw it',
  withdrawAllYes: 'Yes, withdraw all of it',
  withdrawNo: 'No, go back',
  withdrawnHeading: 'Withdrawn',
  withdrawnCount: { one: '{count} picture was withdrawn.', other: '{count} pictures were withdrawn.' },
  withdrawnBefore: 'It had been withdrawn before.',
  withdrawnCopies:
    'It no longer matches at the service. Platforms’ own copies of the list follow at their next update.',

  // Advice and contacts.
  adviceHeading: 'What to do now',
  adviceLead: 'You are not to blame. Take one step at a time.',
  adviceSources: { one: '{count} source says this.', other: '{count} sources say this.' },
  adviceFrom: 'Where this comes from',
  source: 'Source: {source}',
  checked: 'Checked on {date}',
  recheck: 'Not confirmed with the service itself. Look at its own website too.',
  countryHeading: 'Which country are you in?',
  countryHint: 'Your answer stays on this device.',
  countryOther: 'Another country',
  countryError: 'Choose a country',
  contactsHeading: 'People who can help',
  contactsWorldwide: 'Worldwide',
  contactsAsPrinted: 'Numbers can change. Each entry says where it comes from and when it was last checked.',
  contactsUnder18: 'If you were under 18 in the picture',
  contactsAdult: 'If you were 18 or over in the picture',
  contactsReport: 'To report it',
  contactsDistress: 'To talk to someone',
  contactsHistory:
    'Calls and messages may stay in your phone’s list. A website that you open stays in your browser’s history.',
  phone: 'Call {value}',
  textMessage: 'Text {value}',
  whatsapp: 'WhatsApp {value}',
  mail: 'E-mail {value}',
  helpFailed: 'The advice could not be loaded. Check your connection and try again.',

  // The evidence kit.
  evidenceHeading: 'Collect evidence for the police',
  evidenceLead:
    'Choose screenshots of threats, chats, profiles and payment details. This page packs them into one ZIP file on this device. Nothing is sent.',
  evidenceWarning: 'Do not put the intimate picture in it. Never copy a picture of someone under 18.',
  evidenceWhat:
    'The file holds your screenshots, a list of digests (SHA-256) that shows whether one was changed later, and a summary to print.',
  evidenceChoose: 'Choose screenshots',
  evidenceMore: 'Choose more screenshots',
  evidenceFile: 'File {number}',
  evidenceRemoveWhich: 'Remove file {number}, {name}',
  evidenceErrorNone: 'Choose at least one screenshot',
  evidenceSave: 'Save the ZIP file',
  evidenceWorking: 'Packing',
  evidenceSaved: 'Saved among your downloads as {name}. Keep it where only you will find it.',
  evidenceFailed: 'A file could not be read. Remove it and try again.',

  // The summary in the evidence kit.
  summaryTitle: 'Summary of evidence',
  summaryMade: 'Made on {time}',
  summaryHow:
    'The files were chosen and packed on the device of the person concerned, unchanged. The digests show whether a file was changed afterwards.',
  summaryFile: 'File',
  summaryChanged: 'Last changed',
  summarySize: 'Bytes',
  summaryDigest: 'SHA-256',
  summaryNotes: 'Notes for the report',
  summaryNote1: 'What happened, and when it began',
  summaryNote2: 'Names, user names, profiles, telephone numbers and e-mail addresses of the other side',
  summaryNote3: 'What was demanded; payments made, with account, amount and date',
  summaryNote4: 'Where it was reported before, with the reference number',
};

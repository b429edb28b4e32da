import type { Texts } from './texts.ts';

/** The German texts. */
export const de: Texts = {
  skip: 'Zum Inhalt springen',
  exit: 'Diese Seite verlassen',
  exitHint:
    'Oder dreimal die Umschalttaste drücken. Beim Verlassen wird gelöscht, was Sie hier eingegeben haben. Der Verlauf Ihres Browsers wird nicht gelöscht.',
  exitPresses: {
    one: 'Noch {count}-mal die Umschalttaste drücken, um die Seite zu verlassen.',
    other: 'Noch {count}-mal die Umschalttaste drücken, um die Seite zu verlassen.',
  },
  language: 'Sprache',
  back: 'Zurück',
  problem: 'Da stimmt etwas nicht',
  warning: 'Achtung',
  continue: 'Weiter',
  loading: 'Einen Moment',
  loadFailed:
    'Dieser Teil der Seite konnte nicht geladen werden. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  tryAgain: 'Noch einmal versuchen',
  newTab: '{name} (öffnet sich in einem neuen Tab)',

  startHeading: 'Hilfe gegen das Verbreiten eines intimen Bildes',
  startLead:
    'Verbreitet jemand ein intimes Bild von Ihnen oder droht damit? Sie sind nicht schuld daran. Diese Seite hilft Plattformen, das Bild zu finden und zu entfernen.',
  startHow: 'So funktioniert es',
  startHow1: 'Sie wählen die Bilder auf diesem Gerät aus. Sie verlassen es nie.',
  startHow2:
    'Diese Seite macht von jedem Bild bis zu 16 Fingerabdrücke: je 64 Buchstaben und Ziffern, die beschreiben, wie das Bild als Ganzes und in Teilen aussieht.',
  startHow3:
    'Nur die Fingerabdrücke werden gesendet, dazu eine Antwort zu Ihrem Alter. Kein Name, kein Konto, keine E-Mail-Adresse.',
  startHow4:
    'Plattformen, die mitmachen, vergleichen damit, was bei ihnen hochgeladen wird. Bei einem Treffer sehen sie nach und entscheiden, ob sie das Bild entfernen.',
  startLimits: 'Was es nicht kann',
  startLimits1: 'Es wirkt nur auf Plattformen, die mitmachen. Es entfernt ein Bild nicht aus dem ganzen Internet.',
  startLimits2: 'Wer ein Bild stark verändert, kann es umgehen.',
  startLimits3: 'Ein Treffer ist ein Hinweis für die Menschen bei einer Plattform. Er beweist nichts.',
  startLimits4:
    'Ein Fingerabdruck ist nicht das Bild. Manchmal lässt sich daraus aber ein grobes Abbild gewinnen. Darum schützen wir ihn so wie das Bild selbst.',
  startDanger: 'Wenn Sie jetzt in Gefahr sind, rufen Sie den Notruf oder die Polizei.',
  startBackNote:
    'Zurück geht es mit „Zurück“ auf dieser Seite. Die Zurück-Taste des Browsers verlässt die Seite und löscht alles.',
  startButton: 'Beginnen',
  startOther: 'Was Sie hier noch tun können',
  startCase: 'Einen Fall ansehen, ergänzen oder zurückziehen (mit Ihrem Fallschlüssel)',
  startAdvice: 'Lesen, was jetzt zu tun ist',
  startContacts: 'Menschen finden, die helfen',
  startEvidence: 'Beweise für die Polizei sammeln',

  ageHeading: 'Waren Sie auf dem Bild unter 18?',
  ageHint: 'Bei mehreren Bildern: auf mindestens einem davon. Wenn Sie nicht sicher sind, wählen Sie Ja.',
  ageYes: 'Ja, ich war unter 18',
  ageNo: 'Nein, ich war 18 oder älter',
  ageError: 'Wählen Sie Ja oder Nein',
  ageWhy: 'Warum wir das fragen',
  ageWhyText:
    'Von der Antwort hängt ab, welche Regeln für das Bild gelten und welche Stellen Ihnen helfen können. Sonst fragen wir nichts über Sie.',

  photosHeading: 'Wählen Sie Ihre Bilder aus',
  photosHint:
    'Wählen Sie ein oder mehrere Bilder auf diesem Gerät. Sie bleiben darauf, und diese Seite zeigt sie nicht an.',
  photosChoose: 'Bilder auswählen',
  photosMore: 'Weitere Bilder auswählen',
  photosDrop: 'Sie können Dateien auch hierher ziehen.',
  photosList: 'Ihre Auswahl',
  photo: 'Bild {number}',
  photoWaiting: 'Wartet',
  photoWorking: 'Die Fingerabdrücke entstehen',
  photoReady: 'Bereit',
  photoDuplicate: 'Dasselbe wie ein anderes Bild hier. Es wird nur einmal gesendet.',
  photoRefused: 'Nicht verwendbar',
  photoRemove: 'Entfernen',
  photoRemoveWhich: 'Entfernen: Bild {number}, {name}',
  photosReady: { one: '{count} Bild ist bereit.', other: '{count} Bilder sind bereit.' },
  photosRefused: {
    one: '{count} Bild kann nicht verwendet werden.',
    other: '{count} Bilder können nicht verwendet werden.',
  },
  photosErrorNone: 'Wählen Sie mindestens ein Bild aus, das verwendet werden kann',
  photosErrorBusy: 'Warten Sie, bis alle Bilder bereit sind, oder entfernen Sie die übrigen',
  photosTooMany: {
    one: 'Ein Fall fasst {max} Bilder. {count} Datei wurde weggelassen.',
    other: 'Ein Fall fasst {max} Bilder. {count} Dateien wurden weggelassen.',
  },
  refusedEmpty: 'Die Datei ist leer.',
  refusedUnreadable:
    'Die Datei konnte nicht gelesen werden. Vielleicht wurde sie verschoben, oder sie liegt in einer Cloud und nicht auf diesem Gerät.',
  refusedFileTooLarge: 'Die Datei ist zu groß.',
  refusedTooManyPixels: 'Das Bild ist zu groß. Es darf bis zu 100 Megapixel haben.',
  refusedNotAPicture: 'Diese Datei ist kein Bild. Wählen Sie eine JPEG-, PNG-, WebP- oder HEIC-Datei.',
  refusedVideo: 'Das ist ein Video. Diese Seite nimmt nur Bilder.',
  refusedUnsupported:
    'Diese Art von Bild kann nicht verwendet werden. Speichern Sie es als JPEG oder PNG und wählen Sie es noch einmal aus.',
  refusedDamaged: 'Die Datei ist beschädigt oder unvollständig. Versuchen Sie es mit einer anderen Kopie.',
  refusedCannotDecode:
    'Dieser Browser kann das Bild nicht öffnen. Speichern Sie es als JPEG oder versuchen Sie es mit einem anderen Browser.',
  refusedHeicMissing:
    'Für dieses HEIC-Foto wird ein weiterer Teil der Seite gebraucht, und der konnte nicht geladen werden. Prüfen Sie die Verbindung, entfernen Sie dann das Foto und wählen Sie es noch einmal aus.',
  refusedTooLittleDetail:
    'Auf dem Bild ist zu wenig zu erkennen. Es könnte mit Bildern anderer Menschen verwechselt werden.',
  refusedNoisyCanvas:
    'Ihr Browser verändert Bilder, um Ihre Privatsphäre zu schützen. Die Fingerabdrücke wären falsch. Schalten Sie diesen Schutz für diese Seite aus oder verwenden Sie einen anderen Browser.',
  refusedOldBrowser: 'Dieser Browser ist dafür zu alt. Aktualisieren Sie ihn oder verwenden Sie einen anderen.',
  refusedFailed:
    'Das hat nicht geklappt. Vielleicht reichte der Speicher dieses Geräts nicht. Schließen Sie andere Apps, entfernen Sie dann das Bild und wählen Sie es noch einmal aus.',

  reviewHeading: 'Prüfen Sie, was gesendet wird',
  reviewLead: 'Wenn Sie auf „Senden“ drücken, verlässt dies Ihr Gerät, und sonst nichts.',
  reviewPictures: 'Fingerabdrücke',
  reviewPicturesValue: { one: '{prints} von {count} Bild', other: '{prints} von {count} Bildern' },
  reviewViews: 'Was sie finden',
  reviewAge: 'Unter 18 auf einem Bild',
  yes: 'Ja',
  no: 'Nein',
  reviewKey: 'Fallschlüssel',
  reviewKeyNew: 'Zufällig, gerade auf diesem Gerät entstanden. Sie sehen ihn nach dem Senden.',
  reviewKeyKnown: 'Der, den Sie eingegeben haben',
  reviewTo: 'Geht an',
  reviewSize: 'Größe',
  reviewSizeValue: {
    one: '{size} Byte. {count} davon ist Füllung.',
    other: '{size} Byte. {count} davon sind Füllung.',
  },
  reviewSizeWhy:
    'Durch die Füllung sehen Nachrichten gleich aus. So kann niemand, der die Leitung beobachtet, sehen, wie viel Sie senden.',
  reviewChange: 'Ändern',
  reviewChangePictures: 'Ändern: die Bilder',
  reviewChangeViews: 'Ändern: was sie finden',
  reviewChangeAge: 'Ändern: die Antwort zu Ihrem Alter',
  reviewBytes: 'Die genauen Bytes',
  reviewBytesText: 'Das ist die Nachricht bis zum letzten Byte, jedes Byte mit zwei Zeichen.',
  reviewBytesPart: 'Nachricht {number} von {count}',
  reviewNetwork:
    'Wie bei jeder Website sieht der Dienst die Internetadresse Ihres Geräts, während er antwortet. Er behält sie nicht.',
  send: 'Senden',

  viewsHeading: 'Welche Kopien sollen gefunden werden?',
  viewsWide: 'Auch bearbeitete Kopien',
  viewsWideText:
    'Bis zu 16 Fingerabdrücke von jedem Bild können auch Kopien finden, die zugeschnitten, gedreht oder eingerahmt wurden, und verraten etwas mehr über das Bild.',
  viewsPlain: 'Nur Kopien des ganzen Bildes',
  viewsPlainText:
    'Ein Fingerabdruck von jedem Bild findet Kopien, die verkleinert, neu gespeichert oder leicht umgefärbt wurden, und verrät am wenigsten über das Bild.',

  sendingHeading: 'Wird gesendet',
  sendingPart: 'Nachricht {number} von {count}',
  lostHeading: 'Wir wissen nicht, ob es angekommen ist',
  lostText:
    'Die Verbindung brach ab, bevor die Antwort kam. Bitte versuchen Sie es noch einmal. Das ist unbedenklich: Es wird derselbe Fallschlüssel verwendet, und nichts wird doppelt eingetragen.',
  lostKey:
    'Wenn Sie es jetzt nicht noch einmal versuchen können, schreiben Sie diesen Fallschlüssel auf. Falls Ihre Nachricht angekommen ist, öffnet er Ihren Fall.',
  lostWithdraw:
    'Die Verbindung brach ab, bevor die Antwort kam. Bitte versuchen Sie es noch einmal. Das ist unbedenklich.',
  unreachableHeading: 'Der Dienst ist nicht erreichbar',
  unreachableText: 'Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  busyHeading: 'Der Dienst ist überlastet',
  busyText: 'Warten Sie eine Minute und versuchen Sie es noch einmal. Was Sie hier getan haben, geht nicht verloren.',
  goneHeading: 'Dieser Fall wurde zurückgezogen',
  goneText: 'Er kann nicht mehr ergänzt werden. Um Bilder wieder einzutragen, beginnen Sie einen neuen Fall.',
  noCaseHeading: 'Zu diesem Schlüssel gibt es keinen Fall',
  noCaseText: 'Prüfen Sie den Schlüssel. Wenn das Senden nie abgeschlossen wurde, beginnen Sie einen neuen Fall.',
  refusedHeading: 'Der Dienst hat die Nachricht nicht angenommen',
  refusedText:
    'Schließen Sie diese Seite, öffnen Sie sie wieder und beginnen Sie von vorn. Wenn es noch einmal geschieht, müssen die Betreiber den Fehler beheben.',
  startAgain: 'Zur ersten Seite',

  receiptHeading: 'Bewahren Sie Ihren Fallschlüssel auf',
  receiptRegistered: { one: '{count} Bild ist eingetragen.', other: '{count} Bilder sind eingetragen.' },
  receiptNotTaken: {
    one: '{count} Bild wurde nicht angenommen:',
    other: '{count} Bilder wurden nicht angenommen:',
  },
  receiptLowQuality: 'zu wenig zu erkennen',
  receiptNotAPicture: 'einem leeren oder sehr einfachen Bild zu ähnlich',
  receiptCaseFull: 'der Fall ist voll',
  receiptTooMany: 'der Fall enthält dieses Bild schon in zu vielen Formen',
  receiptNothing: 'Es wurde kein Bild eingetragen',
  receiptKey: 'Ihr Fallschlüssel',
  receiptFor:
    'Mit diesem Schlüssel können Sie sehen, was Plattformen melden, Bilder ergänzen oder sie zurückziehen. Sie brauchen dazu auch die Adresse dieser Seite: {address}',
  receiptWarning:
    'Niemand kann den Schlüssel wiederherstellen, und wir behalten ihn nicht. Wer ihn hat, kann Ihre Bilder zurückziehen. Bewahren Sie ihn dort auf, wo nur Sie ihn finden.',
  copy: 'Schlüssel kopieren',
  copied: 'Kopiert. Andere Apps auf diesem Gerät können ihn vielleicht lesen, bis Sie etwas anderes kopieren.',
  copyFailed: 'Ihr Browser hat das nicht erlaubt. Markieren und kopieren Sie den Schlüssel oder schreiben Sie ihn auf.',
  saveFile: 'Als Datei speichern',
  saveFileHint: 'Die Datei heißt {name} und verrät nicht, wozu sie da ist.',
  qrShow: 'Als QR-Code zeigen',
  qrLabel: 'QR-Code Ihres Fallschlüssels',
  qrHint: 'Fotografieren Sie ihn mit einem anderen Gerät, das nur Sie benutzen.',
  receiptSaved: 'Ich habe meinen Fallschlüssel gesichert',
  receiptError: 'Bestätigen Sie, dass Sie Ihren Fallschlüssel gesichert haben',
  finish: 'Fertig',

  doneHeading: 'Ihre Bilder sind eingetragen',
  addedHeading: 'Ihre Bilder sind ergänzt',
  doneNext: 'Wie es weitergeht',
  done1:
    'Plattformen, die mitmachen, vergleichen ab jetzt neue Uploads mit Ihren Fingerabdrücken. Bei manchen dauert es einen Tag oder länger, bis sie damit beginnen.',
  done2:
    'Kommen Sie mit Ihrem Fallschlüssel wieder, um zu sehen, was sie melden. Das wird einmal in der Woche erneuert.',
  done3: 'Wenn Sie das Bild auf einer Plattform sehen, melden Sie es auch dort. Sie müssen nicht warten.',
  doneHelp: 'Sie müssen das nicht allein durchstehen',
  doneDelete: 'Diese Seite bewahrt nichts auf. Sie können sie jetzt verlassen.',
  seeCase: 'Ihren Fall ansehen',

  keyHeading: 'Wie lautet Ihr Fallschlüssel?',
  keyHint: '27 Zeichen. Groß- oder Kleinbuchstaben, Bindestriche und Leerzeichen spielen keine Rolle.',
  keyErrorEmpty: 'Geben Sie Ihren Fallschlüssel ein',
  keyErrorWrong:
    'Das ist kein Fallschlüssel. Vielleicht ist ein Zeichen falsch oder fehlt: Prüfen Sie jede Fünfergruppe',
  keyLost: 'Wenn Sie ihn verloren haben',
  keyLostText:
    'Wir können einen Fallschlüssel nicht wiederherstellen, denn wir wissen nicht, wer Sie sind. Ihre Bilder bleiben eingetragen. Sie können sie als neuen Fall noch einmal eintragen.',

  caseHeading: 'Ihr Fall',
  casePictures: { one: 'Ihr Fall enthält {count} Bild.', other: 'Ihr Fall enthält {count} Bilder.' },
  caseEmpty: 'Ihr Fall enthält jetzt keine Bilder.',
  caseFirst: { one: 'Nur das erste Bild wird gezeigt.', other: 'Nur die ersten {count} Bilder werden gezeigt.' },
  caseWeekly: 'Was Plattformen melden, wird einmal in der Woche erneuert, am Montag.',
  caseWithdrawn: 'Dieser Fall wurde zurückgezogen. Keines seiner Bilder führt mehr zu einem Treffer.',
  caseMirrors: {
    one: 'Plattformen haben {count} Kopie der Liste. Bestätigt, dass nichts mehr von Ihrem Fall darin ist: {confirmed}.',
    other:
      'Plattformen haben {count} Kopien der Liste. Bestätigt, dass nichts mehr von Ihrem Fall darin ist: {confirmed}.',
  },
  caseRegistered: 'Eingetragen am',
  casePublished: 'In den Kopien der Liste bei Plattformen',
  casePublishedNo: 'Noch nicht bekannt. Wir können es ab dem dritten Tag sagen. Beim Dienst selbst zählt es schon.',
  caseReports: 'Plattformen melden',
  caseNoReports: 'Noch nichts',
  caseRemoved: { one: 'von {count} Plattform entfernt', other: 'von {count} Plattformen entfernt' },
  caseReview: { one: 'wird von {count} Plattform geprüft', other: 'wird von {count} Plattformen geprüft' },
  caseAllowed: {
    one: 'von {count} Plattform stehen gelassen, da es nicht gegen ihre Regeln verstoße',
    other: 'von {count} Plattformen stehen gelassen, da es nicht gegen ihre Regeln verstoße',
  },
  caseAdd: 'Bilder ergänzen',
  caseWithdrawAll: 'Den ganzen Fall zurückziehen',
  caseWithdrawOne: 'Zurückziehen',
  caseWithdrawWhich: 'Zurückziehen: Bild {number}',
  caseRefresh: 'Noch einmal nachsehen',

  withdrawOneHeading: 'Bild {number} zurückziehen?',
  withdrawOneText:
    'Plattformen erfahren dann nicht mehr, wenn dieses Bild hochgeladen wird. Seine Fingerabdrücke werden gelöscht. Sie können das Bild später wieder eintragen.',
  withdrawAllHeading: 'Den ganzen Fall zurückziehen?',
  withdrawAllText:
    'Plattformen erfahren dann nicht mehr, wenn eines dieser Bilder hochgeladen wird. Alle Fingerabdrücke des Falls werden gelöscht.',
  withdrawAllWarning:
    'Das lässt sich nicht rückgängig machen. Um die Bilder wieder einzutragen, müssten Sie einen neuen Fall beginnen.',
  withdrawYes: 'Ja, zurückziehen',
  withdrawAllYes: 'Ja, alles zurückziehen',
  withdrawNo: 'Nein, zurück',
  withdrawnHeading: 'Zurückgezogen',
  withdrawnCount: { one: '{count} Bild wurde zurückgezogen.', other: '{count} Bilder wurden zurückgezogen.' },
  withdrawnBefore: 'Es war schon vorher zurückgezogen.',
  withdrawnCopies:
    'Beim Dienst gibt es keinen Treffer mehr. Die Kopien der Liste bei Plattformen folgen, wenn sie sich das nächste Mal aktualisieren.',

  adviceHeading: 'Was jetzt zu tun ist',
  adviceLead: 'Sie sind nicht schuld. Gehen Sie einen Schritt nach dem anderen.',
  adviceSources: { one: '{count} Quelle sagt das.', other: '{count} Quellen sagen das.' },
  adviceFrom: 'Woher das stammt',
  source: 'Quelle: {source}',
  checked: 'Geprüft am {date}',
  recheck: 'Nicht bei der Stelle selbst bestätigt. Sehen Sie auch auf deren eigener Website nach.',
  countryHeading: 'In welchem Land sind Sie?',
  countryHint: 'Ihre Antwort bleibt auf diesem Gerät.',
  countryOther: 'In einem anderen Land',
  countryError: 'Wählen Sie ein Land aus',
  contactsHeading: 'Menschen, die helfen',
  contactsWorldwide: 'Weltweit',
  contactsAsPrinted:
    'Nummern können sich ändern. Bei jedem Eintrag steht, woher er stammt und wann er zuletzt geprüft wurde.',
  contactsUnder18: 'Wenn Sie auf dem Bild unter 18 waren',
  contactsAdult: 'Wenn Sie auf dem Bild 18 oder älter waren',
  contactsReport: 'Zum Melden',
  contactsDistress: 'Zum Reden',
  contactsHistory:
    'Anrufe und Nachrichten können in den Listen Ihres Telefons stehen bleiben. Eine Website, die Sie öffnen, bleibt im Verlauf Ihres Browsers.',
  phone: 'Anrufen: {value}',
  textMessage: 'SMS: {value}',
  whatsapp: 'WhatsApp: {value}',
  mail: 'E-Mail: {value}',
  helpFailed: 'Die Hinweise konnten nicht geladen werden. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',

  evidenceHeading: 'Beweise für die Polizei sammeln',
  evidenceLead:
    'Wählen Sie Bildschirmfotos von Drohungen, Chats, Profilen und Zahlungsdaten aus. Diese Seite packt sie auf diesem Gerät in eine ZIP-Datei. Nichts wird gesendet.',
  evidenceWarning:
    'Nehmen Sie das intime Bild nicht mit auf. Kopieren Sie niemals ein Bild von einem Menschen unter 18.',
  evidenceWhat:
    'Die Datei enthält Ihre Bildschirmfotos, eine Liste von Prüfsummen (SHA-256), an der man sieht, ob später etwas verändert wurde, und eine Übersicht zum Ausdrucken.',
  evidenceChoose: 'Bildschirmfotos auswählen',
  evidenceMore: 'Weitere Bildschirmfotos auswählen',
  evidenceFile: 'Datei {number}',
  evidenceRemoveWhich: 'Entfernen: Datei {number}, {name}',
  evidenceErrorNone: 'Wählen Sie mindestens ein Bildschirmfoto aus',
  evidenceSave: 'ZIP-Datei speichern',
  evidenceWorking: 'Wird gepackt',
  evidenceSaved: 'Als {name} bei Ihren Downloads gespeichert. Bewahren Sie die Datei dort auf, wo nur Sie sie finden.',
  evidenceFailed: 'Eine Datei konnte nicht gelesen werden. Entfernen Sie sie und versuchen Sie es noch einmal.',

  summaryTitle: 'Übersicht der Beweise',
  summaryMade: 'Erstellt am {time}',
  summaryHow:
    'Die Dateien wurden auf dem Gerät der betroffenen Person ausgewählt und unverändert gepackt. An den Prüfsummen sieht man, ob eine Datei danach verändert wurde.',
  summaryFile: 'Datei',
  summaryChanged: 'Zuletzt geändert',
  summarySize: 'Byte',
  summaryDigest: 'SHA-256',
  summaryNotes: 'Notizen für die Anzeige',
  summaryNote1: 'Was geschehen ist und wann es begann',
  summaryNote2: 'Namen, Benutzernamen, Profile, Telefonnummern und E-Mail-Adressen der Gegenseite',
  summaryNote3: 'Was verlangt wurde; geleistete Zahlungen mit Konto, Betrag und Datum',
  summaryNote4: 'Wo es schon gemeldet wurde, mit Aktenzeichen',
};

// The way to every screen, each from the first screen of a page that was just opened.
const toHelp = (link, heading) => async (person) => {
  await person.press(link);
  await person.at(heading);
};

const toReview = async (person, pictures) => {
  await person.toPhotos();
  await person.choose([pictures.jpeg, pictures.png]);
  await person.toReview();
};

const toReceipt = async (person, pictures) => {
  await toReview(person, pictures);
  return await person.send();
};

const toDone = async (person, pictures) => {
  await toReceipt(person, pictures);
  await person.finish();
};

const toCase = async (person, pictures) => {
  await toDone(person, pictures);
  await person.press("seeCase");
  await person.reads("casePictures", { count: 2 });
};

const toWithdraw = async (person, pictures) => {
  await toCase(person, pictures);
  await person.press("caseWithdrawAll");
  await person.at("withdrawAllHeading");
};

/** Each leads a person, who may have pictures, to the screen. */
export const screens = {
  start: async () => {},
  age: toHelp("startButton", "ageHeading"),
  "age-error": async (person) => {
    await person.press("startButton");
    await person.at("ageHeading");
    await person.press("continue");
    await person.page.getByRole("alert").waitFor();
  },
  photos: (person) => person.toPhotos(),
  "photos-chosen": async (person, pictures) => {
    await person.toPhotos();
    await person.choose([pictures.jpeg, pictures.png, pictures.cut, pictures.flat]);
  },
  review: toReview,
  views: async (person, pictures) => {
    await toReview(person, pictures);
    await person.press("reviewChangeViews");
    await person.at("viewsHeading");
  },
  sending: async (person, pictures) => {
    await toReview(person, pictures);
    await person.page.route("**/Register", () => {});
    await person.press("send");
    await person.at("sendingHeading");
  },
  lost: async (person, pictures) => {
    await toReview(person, pictures);
    await person.page.route("**/Register", (route) => route.abort());
    await person.press("send");
    await person.at("lostHeading");
  },
  receipt: async (person, pictures) => {
    await toReceipt(person, pictures);
    await person.page.getByText(person.say("qrShow")).click();
  },
  done: toDone,
  key: toHelp("startCase", "keyHeading"),
  "key-error": async (person) => {
    await person.press("startCase");
    await person.at("keyHeading");
    await person.press("continue");
    await person.page.getByRole("alert").waitFor();
  },
  case: toCase,
  withdraw: toWithdraw,
  withdrawn: async (person, pictures) => {
    await toWithdraw(person, pictures);
    await person.press("withdrawAllYes");
    await person.at("withdrawnHeading");
  },
  advice: async (person) => {
    await toHelp("startAdvice", "adviceHeading")(person);
    await person.page.locator("ol.advice li").first().waitFor();
  },
  country: async (person) => {
    await toHelp("startContacts", "countryHeading")(person);
    await person.page.getByRole("radio").first().waitFor();
  },
  contacts: async (person) => {
    await toHelp("startContacts", "countryHeading")(person);
    await person.page.locator('input[value="MY"]').check();
    await person.press("continue");
    await person.at("contactsHeading");
    await person.page.locator(".card").first().waitFor();
  },
  evidence: async (person, pictures) => {
    await toHelp("startEvidence", "evidenceHeading")(person);
    await person.page.setInputFiles("#evidence-files", [pictures.png]);
  },
};

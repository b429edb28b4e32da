import { awayLink, hint, inset, linkButton, paragraph, subheading } from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import type { Contact, ContactWay, LocalText } from '../help/helpData.ts';
import { worldwide, type HelpLibrary } from '../help/helpLibrary.ts';
import { withHelp } from './helpContent.ts';

/** Who can help, in the person's country and worldwide. */
export const contacts: ScreenMaker = (page) => ({
  heading: page.say('contactsHeading'),
  back: 'country',
  content: [withHelp(page, (help) => contactsContent(page, help))],
});

function contactsContent(page: Page, help: HelpLibrary): HTMLElement[] {
  const { say, session, voice } = page;
  const { country } = session;
  const places = country ? [country, worldwide] : [worldwide];
  return [
    inset(say('contactsAsPrinted'), ' ', say('contactsHistory')),
    ...places.flatMap((place) => [
      subheading(place === worldwide ? say('contactsWorldwide') : voice.country(place)),
      ...(help.contactsOf(place)?.contacts ?? [])
        .filter(({ age }) => age === 'all' || session.age === undefined || age === session.age)
        .map((contact) => card(page, contact)),
    ]),
    paragraph(linkButton(say('startAdvice'), () => void page.show('advice'))),
  ];
}

function card(page: Page, contact: Contact): HTMLElement {
  const { say, voice } = page;
  const { age, purpose, ways, source, checked, recheck } = contact;
  const about = [
    say(purpose === 'report' ? 'contactsReport' : 'contactsDistress'),
    ...(age === 'all' ? [] : [say(age === 'adult' ? 'contactsAdult' : 'contactsUnder18')]),
  ];
  return element(
    'div',
    { class: 'card' },
    element('div', { class: 'card-title' }, element('h3', {}, local(page, contact.name))),
    element('p', { class: 'about' }, about.join(' · ')),
    contact.text ? paragraph(local(page, contact.text)) : undefined,
    ways.length > 0
      ? element('ul', { class: 'plain' }, ...ways.map((way) => element('li', {}, ...wayIn(page, way))))
      : undefined,
    hint(
      [
        `${say('source', { source })}.`,
        `${say('checked', { date: voice.day(checked) })}.`,
        ...(recheck ? [say('recheck')] : []),
      ].join(' '),
    ),
  );
}

function wayIn(page: Page, { kind, value, note }: ContactWay): (Node | string)[] {
  const said = note ? [' ', local(page, note)] : [];
  switch (kind) {
    case 'web':
      return [awayLink(value, page.say('newTab', { name: new URL(value).host + path(value) })), ...said];
    case 'mail':
      return [element('a', { href: `mailto:${value}` }, page.say('mail', { value })), ...said];
    case 'text':
      return [element('a', { href: `sms:${digits(value)}` }, page.say('textMessage', { value })), ...said];
    case 'phone':
      return [element('a', { href: `tel:${digits(value)}` }, page.say('phone', { value })), ...said];
    // A link would call up a website that shows the number, and keep it in the history.
    case 'whatsapp':
      return [page.say('whatsapp', { value }), ...said];
  }
}

function path(address: string): string {
  const { pathname } = new URL(address);
  return pathname === '/' ? '' : pathname;
}

function digits(number: string): string {
  return number.replace(/[^+0-9]/g, '');
}

/** A text in the person's language, or in English, marked as such. */
function local({ language }: Page, texts: LocalText): HTMLElement {
  const said = texts[language];
  return said === undefined ? element('bdi', { lang: 'en' }, texts.en) : element('span', {}, said);
}

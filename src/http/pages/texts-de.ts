import type { Texts } from './texts.ts';

export const GERMAN: Texts = {
  confirm: {
    title: 'An der Verwaltungsoberfläche anmelden',
    text: 'Nur noch ein Schritt: Klicken Sie auf die Schaltfläche, um sich an Ihrer Verwaltungsoberfläche anzumelden. Der Link funktioniert nur einmal.',
    button: 'Anmelden',
  },
  failed: {
    ended: {
      title: 'Dieser Link funktioniert nicht mehr',
      happened: 'Zu Ihrer Sicherheit funktioniert ein Anmeldelink nur einmal und nur für kurze Zeit.',
      instead: 'Bitte fordern Sie im Kundenbereich einen neuen an.',
    },
    incomplete: {
      title: 'Die Adresse ist unvollständig',
      happened: 'Ein Teil des Anmeldelinks fehlt oder wurde beim Kopieren verändert.',
      instead: 'Bitte kopieren Sie den ganzen Link oder fordern Sie im Kundenbereich einen neuen an.',
    },
    underWay: {
      title: 'Ihre Anmeldung läuft bereits',
      happened: 'Derselbe Link wird gerade in einem anderen Fenster oder Tab geöffnet.',
      again: 'Falls die Verwaltungsoberfläche dort nicht erscheint, versuchen Sie es bitte noch einmal.',
      instead:
        'Falls die Verwaltungsoberfläche dort nicht erscheint, fordern Sie bitte im Kundenbereich einen neuen Link an.',
    },
    unconfirmed: {
      title: 'Bitte klicken Sie noch einmal auf die Schaltfläche',
      happened: 'Ihre Bestätigung ließ sich diesem Browser nicht zuordnen, deshalb wurde niemand angemeldet.',
      again:
        'Versuchen Sie es noch einmal und klicken Sie auf der nächsten Seite auf die Schaltfläche. Hilft das nicht, erlauben Sie bitte Cookies für diese Seite.',
      instead:
        'Bitte fordern Sie im Kundenbereich einen neuen Link an. Hilft das nicht, erlauben Sie bitte Cookies für diese Seite.',
    },
    otherNetwork: {
      title: 'Dieser Link ist für ein anderes Netzwerk bestimmt',
      happened:
        'Zu Ihrer Sicherheit lässt er sich nur aus dem Netzwerk öffnen, für das er ausgestellt wurde. Sie nutzen gerade eine andere Verbindung, vielleicht ein anderes WLAN, mobile Daten, ein VPN oder einen Proxy.',
      again:
        'Bitte wechseln Sie zurück und versuchen Sie es noch einmal, oder fordern Sie im Kundenbereich einen neuen Link an.',
      instead:
        'Bitte fordern Sie im Kundenbereich einen neuen Link an, und zwar über die Verbindung, die Sie jetzt nutzen.',
    },
    otherBrowser: {
      title: 'Dieser Link wurde für einen anderen Browser erstellt',
      happened:
        'Zu Ihrer Sicherheit funktioniert der Link nur in dem Browser, in dem Sie ihn im Kundenbereich angefordert haben.',
      instead:
        'Bitte öffnen Sie den Kundenbereich in dem Browser, den Sie verwenden möchten, und melden Sie sich von dort aus an.',
    },
    notVisited: {
      title: 'Bitte öffnen Sie den Link selbst',
      happened:
        'Der Link wurde nur im Voraus oder innerhalb einer anderen Seite geladen, deshalb wurde niemand angemeldet.',
      again: 'Versuchen Sie es noch einmal, um ihn jetzt zu öffnen.',
      instead: 'Bitte fordern Sie im Kundenbereich einen neuen Link an.',
    },
    account: {
      title: 'Für dieses Konto ist keine Anmeldung möglich',
      happened: 'Dieses Konto kann derzeit nicht automatisch an der Verwaltungsoberfläche angemeldet werden.',
      again:
        'Bitte wenden Sie sich an unseren Support. Hat er das gerade für Sie geklärt, versuchen Sie es noch einmal.',
      instead:
        'Bitte wenden Sie sich an unseren Support und nennen Sie die Referenznummer am Ende dieser Seite.',
    },
    tooMany: {
      title: 'Zu viele Versuche',
      happened: 'Über Ihre Verbindung wurden in kurzer Zeit zu viele Anmeldelinks geöffnet.',
      again:
        'Bitte versuchen Sie es etwas später noch einmal. Ist der Link bis dahin abgelaufen, fordern Sie im Kundenbereich einen neuen an.',
      instead: 'Bitte warten Sie einen Moment und fordern Sie dann im Kundenbereich einen neuen Link an.',
    },
    panelAway: {
      title: 'Die Verwaltungsoberfläche antwortet nicht',
      happened: 'Sie ist im Moment nicht erreichbar. Sie haben nichts falsch gemacht.',
      again:
        'Ihr Link gilt noch für kurze Zeit, versuchen Sie es also bitte noch einmal. Danach können Sie im Kundenbereich einen neuen anfordern.',
      instead: 'Bitte warten Sie einige Minuten und fordern Sie dann im Kundenbereich einen neuen Link an.',
    },
    setup: {
      title: 'Die Anmeldung hat nicht funktioniert',
      happened: 'Bevor Sie angemeldet werden können, müssen wir auf unserer Seite etwas in Ordnung bringen.',
      again:
        'Sie können es noch einmal versuchen. Klappt es weiterhin nicht, wenden Sie sich bitte an unseren Support und nennen Sie die Referenznummer am Ende dieser Seite.',
      instead:
        'Bitte wenden Sie sich an unseren Support und nennen Sie die Referenznummer am Ende dieser Seite.',
    },
    service: {
      title: 'Die Anmeldung ist gerade nicht verfügbar',
      happened: 'Unser Anmeldedienst hat im Moment ein Problem. Sie haben nichts falsch gemacht.',
      again:
        'Bitte versuchen Sie es gleich noch einmal. Klappt es weiterhin nicht, fordern Sie im Kundenbereich einen neuen Link an.',
      instead: 'Bitte warten Sie einen Moment und fordern Sie dann im Kundenbereich einen neuen Link an.',
    },
    nothingHere: {
      title: 'Seite nicht gefunden',
      happened: 'Unter dieser Adresse gibt es nichts oder nichts mehr.',
      instead: 'Bitte fahren Sie im Kundenbereich fort.',
    },
    general: {
      title: 'Das hat nicht funktioniert',
      happened: 'Ihre Anfrage konnte nicht ausgeführt werden.',
      again:
        'Sie können es noch einmal versuchen. Klappt es weiterhin nicht, wenden Sie sich bitte an unseren Support und nennen Sie die Referenznummer am Ende dieser Seite.',
      instead:
        'Bitte fordern Sie im Kundenbereich einen neuen Link an. Hilft das nicht, wenden Sie sich an unseren Support und nennen Sie die Referenznummer am Ende dieser Seite.',
    },
  },
  notAccepted: {
    title: 'Sie sind nicht an der Verwaltungsoberfläche angemeldet',
    why: 'Die Verwaltungsoberfläche hat die Anmeldung nicht angenommen. Der häufigste Grund: Sie sieht Ihr Gerät unter einer anderen Adresse als unser Anmeldedienst, zum Beispiel wegen eines VPN, eines Proxys oder einer Verbindung, die IPv4 und IPv6 nebeneinander nutzt.',
    advice: [
      'Schalten Sie VPN und Proxy für die Anmeldung aus oder versuchen Sie es in einem anderen Netzwerk.',
      'Fordern Sie dann im Kundenbereich einen neuen Link an und öffnen Sie ihn sofort.',
      'Passiert es wieder, wenden Sie sich bitte an unseren Support.',
    ],
    otherwise:
      'Haben Sie sich gerade abgemeldet oder waren Sie eine Weile nicht da? Dann ist alles in Ordnung: Ihre Sitzung in der Verwaltungsoberfläche ist beendet.',
  },
  about: {
    title: 'Anmeldedienst',
    text: 'Dieser Dienst öffnet Anmeldelinks aus dem Kundenbereich und meldet Sie an Ihrer Verwaltungsoberfläche an. Sonst gibt es unter dieser Adresse nichts zu sehen.',
    afterLink:
      'Haben Sie gerade einen Anmeldelink geöffnet? Dann hat die Verwaltungsoberfläche die Anmeldung nicht angenommen: Bitte fordern Sie im Kundenbereich einen neuen Link an.',
    afterLogout: 'Haben Sie sich gerade abgemeldet? Dann ist alles in Ordnung.',
  },
  preview: {
    title: 'Anmeldelink',
    text: 'Dies ist ein persönlicher Anmeldelink. Öffnen Sie ihn in einem Browser, um sich anzumelden.',
  },
  tryAgain: 'Erneut versuchen',
  back: 'Zurück zum Kundenbereich',
  wait: (seconds) =>
    `Bitte warten Sie ${seconds}\u00a0${seconds === 1 ? 'Sekunde' : 'Sekunden'}, bevor Sie es noch einmal versuchen.`,
  reference: 'Referenznummer für den Support:',
};

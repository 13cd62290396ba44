/** Programs by their User-Agent headers. */
type Agents = Readonly<Record<string, string>>;

const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko)';

/** They show, cache or check what is behind a link, and nobody is in front of them. */
export const PREVIEWS: Agents = {
  Facebook: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Facebook, by its catalogue': 'facebookcatalog/1.0',
  'Facebook, by its newer name': 'meta-externalfetcher/1.1',
  'iMessage, which says that it is Facebook and Twitter':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  Slack: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  "Slack's pictures": 'Slack-ImgProxy (+https://api.slack.com/robots)',
  Twitter: 'Twitterbot/1.0',
  WhatsApp: 'WhatsApp/2.23.20.0 A',
  'Signal, which says that it is WhatsApp': 'WhatsApp/2',
  Telegram: 'TelegramBot (like TwitterBot)',
  Discord: 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  LinkedIn: 'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  'Skype and Teams': 'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
  'Teams, with an address':
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com',
  'Microsoft, in general': 'Mozilla/5.0 (compatible; MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview)',
  Bing: `Mozilla/5.0 (Windows NT 6.1; WOW64) ${CHROME} Chrome/103.0.5060.134 Safari/537.36 BingPreview/1.0b`,
  'Word, before it opens the browser':
    'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; ms-office; MSOffice 16)',
  Outlook:
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17126; Pro), Mozilla/4.0 (compatible; ms-office)',
  'Office, looking whether it is there': 'Microsoft Office Existence Discovery',
  'Google, for Hangouts and Chat':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/)',
  "Google's smartphone":
    'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Google, reading aloud': `Mozilla/5.0 (Linux; Android 7.0; SM-G930V) ${CHROME} Chrome/59 (compatible; Google-Read-Aloud)`,
  "Gmail's pictures":
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  Apple: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) ${SAFARI} Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)`,
  Mastodon: 'http.rb/5.1.1 (Mastodon/4.2.10; +https://mastodon.social/)',
  'Mastodon, of late': 'Mastodon/4.3.1 (http.rb/5.2.0; +https://mastodon.social/)',
  Misskey: 'SummalyBot/5.1.0',
  Bluesky: 'Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)',
  Mattermost: 'Mattermost-Bot/1.1',
  Matrix: 'Synapse (bot; +https://github.com/matrix-org/synapse)',
  Zulip: 'Mozilla/5.0 (compatible; ZulipURLPreview/9.0; +https://zulip.example.com)',
  Reddit: 'Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)',
  Pinterest: 'Pinterest/0.2 (+https://www.pinterest.com/bot.html)',
  'Pinterest, with a browser before it':
    'Mozilla/5.0 (compatible; Pinterestbot/1.0; +https://www.pinterest.com/bot.html)',
  VK: 'Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)',
  LINE: 'facebookexternalhit/1.1;line-poker/1.0',
  KakaoTalk: 'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984',
  Viber: 'Viber/13.3.0',
  Snapchat: 'Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots',
  Yahoo: 'Mozilla/5.0 (compatible; Yahoo Link Preview; https://help.yahoo.com/kb/mail/SLN23615.html)',
  Embedly: 'Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)',
  Iframely: 'Iframely/1.3.1 (+https://iframely.com/docs/about)',
  Flipboard: 'Mozilla/5.0 (compatible; FlipboardProxy/1.2; +http://flipboard.com/browserproxy)',
  Tumblr: 'Tumblr/14.0.835.186',
  Yandex: 'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
  Baidu: 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  DuckDuckGo: 'Mozilla/5.0 (compatible; DuckDuckGo-Favicons-Bot/1.0; +http://duckduckgo.com)',
  'a bot in capitals': 'EXAMPLEBOT',
};

/** People are in front of them, whatever their names remind of. */
export const BROWSERS: Agents = {
  Chrome: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Chrome/131.0.0.0 Safari/537.36`,
  Firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  Safari: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Version/18.1 Safari/605.1.15`,
  Edge: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
  Opera: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0 (Edition Yx GX)`,
  'Internet Explorer 11': 'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko',
  'Internet Explorer in another program':
    'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Embedded Web Browser from: http://bsalsa.com/)',
  'Safari on an iPhone': `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${SAFARI} Version/18.1 Mobile/15E148 Safari/604.1`,
  'Chrome on a Cubot': `Mozilla/5.0 (Linux; Android 9; CUBOT X19) ${CHROME} Chrome/96.0.4664.45 Mobile Safari/537.36`,
  'a Cubot by its whole name': `Mozilla/5.0 (Linux; U; Android 8.0.0; de-de; CUBOT_NOTE_S Build/O00623) ${CHROME} Chrome/96.0.4664.45 Mobile Safari/537.36`,
  'a Cubot with nothing else in its name': `Mozilla/5.0 (Linux; Android 13; CUBOT) ${CHROME} Chrome/119.0.0.0 Mobile Safari/537.36`,
  'a phone that is a spider by name': `Mozilla/5.0 (Linux; Android 12; Spider-Crawler 5 Preview) ${CHROME} Chrome/119.0.0.0 Mobile Safari/537.36`,
  'a phone with buttons': 'Mozilla/5.0 (Mobile; CUBOT_8110; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5.2',
  'Samsung Internet': `Mozilla/5.0 (Linux; Android 14; SM-S928B) ${CHROME} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36`,
  DuckDuckGo: `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${SAFARI} Version/17.5 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15`,
  'Yandex Browser': `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Chrome/126.0.0.0 YaBrowser/24.7.0 Yowser/2.5 Safari/537.36`,
  Baidu: `Mozilla/5.0 (Linux; Android 10; MI 9) ${CHROME} Version/4.0 Chrome/76.0.3809.89 Mobile Safari/537.36 T7/12.5 SP-engine/2.26.0 baiduboxapp/12.5.1.10`,
  'the Google app': `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${SAFARI} GSA/307.0.610923562 Mobile/15E148 Safari/604.1`,
  'Facebook on an iPhone': `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${SAFARI} Mobile/21E219 [FBAN/FBIOS;FBAV/458.0.0.39.109;FBDV/iPhone14,5;FBSN/iOS;FBSV/17.4]`,
  'Facebook on Android': `Mozilla/5.0 (Linux; Android 13; SM-A536B Build/TP1A.220624.014; wv) ${CHROME} Version/4.0 Chrome/122.0.6261.105 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/454.0.0.37.109;]`,
  Instagram: `Mozilla/5.0 (iPhone; CPU iPhone OS 17_3 like Mac OS X) ${SAFARI} Mobile/21D50 Instagram 320.0.0.32.90 (iPhone14,5; iOS 17_3; de_DE; de; scale=3.00; 1170x2532)`,
  'Twitter on an iPhone': `Mozilla/5.0 (iPhone; CPU iPhone OS 17_3 like Mac OS X) ${SAFARI} Mobile/15E148 Twitter for iPhone/10.30`,
  LinkedIn: `Mozilla/5.0 (iPhone; CPU iPhone OS 17_3 like Mac OS X) ${SAFARI} Mobile/15E148 [LinkedInApp]/9.29.6412`,
  'Pinterest on Android': `Mozilla/5.0 (Linux; Android 13; Pixel 7; wv) ${CHROME} Version/4.0 Chrome/122.0.0.0 Mobile Safari/537.36 [Pinterest/Android]`,
  Telegram: `Mozilla/5.0 (Linux; Android 14; K) ${CHROME} Chrome/124.0.0.0 Mobile Safari/537.36 Telegram-Android/11.3.3 (Google Pixel 7; Android 14; SDK 34; HIGH)`,
  KakaoTalk: `Mozilla/5.0 (Linux; Android 13; SM-S911N; wv) ${CHROME} Version/4.0 Chrome/122.0.0.0 Mobile Safari/537.36;KAKAOTALK 2410510`,
  WeChat: `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${SAFARI} Mobile/15E148 MicroMessenger/8.0.47 NetType/WIFI Language/de`,
  LINE: `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${SAFARI} Mobile/15E148 Safari Line/14.5.0`,
  Snapchat: `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${SAFARI} Mobile/15E148 Snapchat/12.77.0.34 (like Safari/8617.2.4, panda)`,
  Flipboard: `Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) ${SAFARI} Mobile/15E148 Flipboard/4.3.20`,
  Slack: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Slack/4.41.98 Chrome/130.0.6723.137 Electron/33.2.0 Safari/537.36 Slack_SSB/4.41.98`,
  Discord: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} discord/1.0.9168 Chrome/128.0.6613.186 Electron/32.2.2 Safari/537.36`,
  Teams: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Teams/1.6.00.1381 Chrome/85.0.4183.121 Electron/10.4.7 Safari/537.36`,
  Skype: `Mozilla/5.0 (Windows NT 10.0; WOW64) ${CHROME} Skype/8.96.0.207 Chrome/104.0.5112.124 Electron/19.1.8 Safari/537.36`,
  Mattermost: `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Mattermost/5.10.0 Chrome/130.0.0.0 Electron/33.0.2 Safari/537.36`,
  Silk: `Mozilla/5.0 (Linux; Android 9; KFMAWI) ${CHROME} Silk/120.4.1 like Chrome/120.0.6099.276 Safari/537.36`,
};

/** Programs that follow a link because somebody told them to; they send no Sec-Fetch headers. */
export const PROGRAMS: Agents = {
  curl: 'curl/8.5.0',
  wget: 'Wget/1.21.4',
  PHP: 'PHP/8.3.6',
  "PHP's Guzzle": 'GuzzleHttp/7',
  "PHP's Guzzle, of old": 'GuzzleHttp/6.5.5 curl/7.81.0 PHP/8.1.2',
  Go: 'Go-http-client/1.1',
  Java: 'Java/17.0.9',
  'Java, of late': 'Java-http-client/21.0.1',
  "Google's library for Java": 'Google-HTTP-Java-Client/1.43.3 (gzip)',
  okhttp: 'okhttp/4.12.0',
  Python: 'python-requests/2.32.3',
  Perl: 'libwww-perl/6.77',
  'an app on a Cubot': 'Dalvik/2.1.0 (Linux; U; Android 9; CUBOT X19 Build/PPR1)',
  'a program without a name': '',
};

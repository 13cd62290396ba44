import type { Texts } from './texts.ts';

export const TURKISH: Texts = {
  confirm: {
    title: 'Kontrol panelinde oturum açın',
    text: 'Son bir adım kaldı: Düğmeye bastığınızda kontrol panelinizde oturumunuz açılır. Bağlantı yalnızca bir kez kullanılabilir.',
    button: 'Oturum aç',
  },
  failed: {
    ended: {
      title: 'Bu bağlantı artık çalışmıyor',
      happened:
        'Güvenliğiniz için oturum açma bağlantıları yalnızca bir kez ve kısa bir süre için kullanılabilir.',
      instead: 'Lütfen müşteri panelinden yeni bir bağlantı isteyin.',
    },
    incomplete: {
      title: 'Adres eksik',
      happened: 'Oturum açma bağlantısının bir bölümü eksik ya da bağlantı kopyalanırken değişmiş.',
      instead: 'Lütfen bağlantının tamamını kopyalayın veya müşteri panelinden yeni bir bağlantı isteyin.',
    },
    underWay: {
      title: 'Oturumunuz zaten açılıyor',
      happened: 'Aynı bağlantı şu anda başka bir pencerede veya sekmede açılıyor.',
      again: 'Kontrol paneli orada görünmezse lütfen yeniden deneyin.',
      instead: 'Kontrol paneli orada görünmezse lütfen müşteri panelinden yeni bir bağlantı isteyin.',
    },
    unconfirmed: {
      title: 'Lütfen düğmeye bir kez daha basın',
      happened: 'Onayınız bu tarayıcıyla eşleştirilemedi, bu yüzden oturum açılmadı.',
      again:
        'Yeniden deneyin ve sonraki sayfada düğmeye basın. İşe yaramazsa lütfen bu sayfa için çerezlere izin verin.',
      instead:
        'Lütfen müşteri panelinden yeni bir bağlantı isteyin. İşe yaramazsa bu sayfa için çerezlere izin verin.',
    },
    otherNetwork: {
      title: 'Bu bağlantı başka bir ağ için oluşturulmuş',
      happened:
        'Güvenliğiniz için bağlantı yalnızca oluşturulduğu ağdan açılabilir. Şu anda başka bir internet bağlantısı kullanıyorsunuz; örneğin farklı bir Wi-Fi ağı, mobil veri, VPN veya proxy.',
      again: 'Lütfen önceki ağa dönüp yeniden deneyin veya müşteri panelinden yeni bir bağlantı isteyin.',
      instead: 'Lütfen şu anda kullandığınız ağdayken müşteri panelinden yeni bir bağlantı isteyin.',
    },
    otherBrowser: {
      title: 'Bu bağlantı başka bir tarayıcı için oluşturulmuş',
      happened: 'Güvenliğiniz için bağlantı yalnızca müşteri panelinde istediğiniz tarayıcıda çalışır.',
      instead: 'Lütfen müşteri panelini kullanmak istediğiniz tarayıcıda açın ve oradan oturum açın.',
    },
    notVisited: {
      title: 'Lütfen bağlantıyı kendiniz açın',
      happened:
        'Bağlantı yalnızca önceden veya başka bir sayfanın içinde yüklendi, bu yüzden oturum açılmadı.',
      again: 'Şimdi açmak için yeniden deneyin.',
      instead: 'Lütfen müşteri panelinden yeni bir bağlantı isteyin.',
    },
    account: {
      title: 'Bu hesapla oturum açılamıyor',
      happened: 'Bu hesap için kontrol panelinde şu anda otomatik olarak oturum açılamıyor.',
      again: 'Lütfen destek ekibimizle iletişime geçin. Sorun az önce giderildiyse yeniden deneyin.',
      instead:
        'Lütfen destek ekibimizle iletişime geçin ve bu sayfanın altındaki başvuru numarasını bildirin.',
    },
    tooMany: {
      title: 'Çok fazla deneme yapıldı',
      happened: 'Ağınızdan kısa süre içinde çok fazla oturum açma bağlantısı açıldı.',
      again:
        'Lütfen biraz sonra yeniden deneyin. O zamana kadar bağlantının süresi dolmuşsa müşteri panelinden yeni bir bağlantı isteyin.',
      instead: 'Lütfen biraz bekleyin ve ardından müşteri panelinden yeni bir bağlantı isteyin.',
    },
    panelAway: {
      title: 'Kontrol paneli yanıt vermiyor',
      happened: 'Kontrol paneline şu anda ulaşılamıyor. Sorun sizden kaynaklanmıyor.',
      again:
        'Bağlantınız kısa bir süre daha geçerli, lütfen yeniden deneyin. Süresi dolarsa müşteri panelinden yeni bir bağlantı isteyin.',
      instead: 'Lütfen birkaç dakika bekleyin ve ardından müşteri panelinden yeni bir bağlantı isteyin.',
    },
    setup: {
      title: 'Oturum açılamadı',
      happened: 'Oturumunuzun açılabilmesi için bizim tarafımızda düzeltilmesi gereken bir sorun var.',
      again:
        'Yeniden deneyebilirsiniz. Yine olmazsa lütfen destek ekibimizle iletişime geçin ve bu sayfanın altındaki başvuru numarasını bildirin.',
      instead:
        'Lütfen destek ekibimizle iletişime geçin ve bu sayfanın altındaki başvuru numarasını bildirin.',
    },
    service: {
      title: 'Şu anda oturum açılamıyor',
      happened: 'Oturum açma hizmetimizde bir sorun var. Sorun sizden kaynaklanmıyor.',
      again: 'Lütfen birazdan yeniden deneyin. Yine olmazsa müşteri panelinden yeni bir bağlantı isteyin.',
      instead: 'Lütfen biraz bekleyin ve ardından müşteri panelinden yeni bir bağlantı isteyin.',
    },
    nothingHere: {
      title: 'Sayfa bulunamadı',
      happened: 'Bu adreste bir şey yok veya artık yok.',
      instead: 'Lütfen müşteri panelinden devam edin.',
    },
    general: {
      title: 'İşlem tamamlanamadı',
      happened: 'İsteğiniz yerine getirilemedi.',
      again:
        'Yeniden deneyebilirsiniz. Yine olmazsa lütfen destek ekibimizle iletişime geçin ve bu sayfanın altındaki başvuru numarasını bildirin.',
      instead:
        'Lütfen müşteri panelinden yeni bir bağlantı isteyin. İşe yaramazsa destek ekibimizle iletişime geçin ve bu sayfanın altındaki başvuru numarasını bildirin.',
    },
  },
  notAccepted: {
    title: 'Kontrol panelinde oturumunuz açık değil',
    why: 'Kontrol paneli oturum açma isteğini kabul etmedi. En sık görülen neden: Kontrol paneli cihazınızı, oturum açma hizmetimizin gördüğünden farklı bir adresle görüyor. Bunun nedeni örneğin VPN, proxy veya IPv4 ile IPv6 adreslerini birlikte kullanan bir internet bağlantısı olabilir.',
    advice: [
      'Oturum açarken VPN ve proxy kullanmayın veya başka bir ağ deneyin.',
      'Ardından müşteri panelinden yeni bir bağlantı isteyin ve hemen açın.',
      'Sorun tekrarlanırsa lütfen destek ekibimizle iletişime geçin.',
    ],
    otherwise:
      'Az önce oturumu kapattıysanız veya bir süredir işlem yapmadıysanız her şey yolunda: Kontrol panelindeki oturumunuz sona ermiştir.',
  },
  about: {
    title: 'Oturum açma hizmeti',
    text: 'Bu hizmet, müşteri panelinden aldığınız bağlantılarla kontrol panelinizde oturumunuzu açar. Bu adreste görülecek başka bir şey yoktur.',
    afterLink:
      'Az önce bir oturum açma bağlantısı mı açtınız? Bu durumda kontrol paneli oturum açma isteğinizi kabul etmemiştir: Lütfen müşteri panelinden yeni bir bağlantı isteyin.',
    afterLogout: 'Az önce oturumu kapattıysanız her şey yolunda.',
  },
  preview: {
    title: 'Oturum açma bağlantısı',
    text: 'Bu, kişisel bir oturum açma bağlantısıdır. Oturum açmak için bağlantıyı bir tarayıcıda açın.',
  },
  tryAgain: 'Yeniden dene',
  back: 'Müşteri paneline dön',
  wait: (seconds) => `Yeniden denemeden önce lütfen ${seconds}\u00a0saniye bekleyin.`,
  reference: 'Destek için başvuru numarası:',
};

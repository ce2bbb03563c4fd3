/** What this file says of a language's moderate stop words. */
export interface OwnStopWords {
  /** `list`: these words are the whole list. `supplement`: they are added to the list of the package. */
  readonly role: 'list' | 'supplement';
  /** White space between. */
  readonly words: string;
  /** Words of the package's list that texts may well be about. */
  readonly content?: string;
}

/**
 * Words without a subject of their own, by language, where a package's list alone does not do:
 *
 * - en, de, fr, ru, id: the package's list has hardly any adverbs, numerals, verbs of saying, contractions as texts
 *   without apostrophes have them (dont, or the "don" of "don t"), or Russian words with ё.
 * - es, zh, ar: the package's list is the broad one with subjects in it (trabajo, valor, pais; 开始, 结果; زيارة, قوة),
 *   and yet misses 没有 and 非常.
 * - ja: the package's list misses the endings that a segmenter makes words of.
 * - ko, th, vi, sw: the known lists hold whole phrases, or words of several syllables that segmenters part, or nouns
 *   of the news (habari, watu; วัน, ผล; chuyện).
 */
export const OWN_STOP_WORDS: Readonly<Record<string, OwnStopWords>> = {
  en: {
    role: 'supplement',
    words: `
      us shall may upon within without among amongst across along around behind beside besides beyond despite except
      onto per since than though although however therefore thus hence whereas whether while yet still even ever never
      always often sometimes already almost quite rather very too much many lot lots several every either neither
      another other others else anyone anything anybody everyone everything everybody someone something somebody
      nothing nobody none just now then first last next back one ones two three four five six seven eight nine ten
      eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand also really actually maybe
      perhaps whose whatever whichever whoever wherever whenever via etc like towards toward throughout during unless
      till until instead anyway somewhere anywhere everywhere somehow meanwhile moreover furthermore nevertheless
      otherwise likewise mostly mainly especially indeed simply usually generally typically due various soon later ago
      again away well yes ok okay oh be been being am get gets getting got gotten go goes going went gone come comes
      coming came make makes making made take takes taking took taken put puts let lets give gives giving gave given
      say says saying said tell tells told seem seems seemed become becomes became able done ought use used using mr
      mrs ms dr i'd i'll i'm i've you'd you'll you're you've he'd he'll she'd she'll it'd it'll we'd we'll we're we've
      they'd they'll they're they've there'd there'll that'd that'll who'd who'll who're who've would've could've
      should've might've must've ain't daren't mightn't mustn't needn't oughtn't wouldn't y'all dont didnt doesnt isnt
      arent wasnt werent hasnt havent hadnt cant couldnt wont wouldnt shouldnt mustnt neednt aint im ive youre youve
      youll theyre theyve theyll weve thats whats theres heres shouldve couldve wouldve gonna wanna gotta don didn
      doesn isn aren wasn weren hasn hadn couldn wouldn shouldn mustn needn mightn shan ain ve ll re
    `,
  },
  de: {
    role: 'supplement',
    words: `
      dass mehr schon ja beim immer doch etwa bereits sowie mal ganz gar eben eher fast erst ab außer bis seit trotz
      wegen wobei dabei dafür dagegen daher daran darauf daraus darin darüber darum davon davor dadurch danach damals
      deshalb deswegen jedoch allerdings außerdem sogar woher wohin womit wodurch worauf warum weshalb wieso wer wen
      wem wessen worden wurde wurden wurdest geworden wären wäre hätte hätten habt hast seid seien sei gehabt sollten
      sollen müssen mussten müsste müssten könnten konnte konnten kannst darf dürfen durfte möchte möchten mag mögen
      wollten lassen lässt ließ gemacht macht machte ging geht gehen kommt kommen kam gibt gab geben gegeben sagt
      sagte sagten sagen gesagt vielleicht natürlich oft manchmal nie niemals niemand nichts jemand jemanden irgendwie
      irgendwo bzw etc ca usw zb fürs vors ums übers ans aufs beide beiden beides beider gegenüber innerhalb außerhalb
      unsere unserer unserem unseren unseres jeweils jeder wenig weniger wenige mehrere mehreren solange sobald sofern
      obwohl falls bevor nachdem zudem somit sodass also nämlich halt zumindest mindestens wenigstens ebenfalls ebenso
      darunter dazu hierbei hierzu inzwischen derzeit zuletzt laut bzgl weitere weiteren weiterer weiteres vielen
      viele vieler vieles letztlich wohl stets meist meisten meistens andererseits einerseits dennoch einfach
      eigentlich gerade denen deren sowohl aufgrund möglicherweise normalerweise insbesondere zurück erste ersten
      erster erstes eine eins zwei drei
    `,
  },
  fr: {
    role: 'supplement',
    words: `
      plus comme si tout tous toute toutes très aussi bien fait font faire faisait faut peut peuvent pouvait pouvoir
      pourrait pourraient peu avoir être donc alors ainsi encore après avant depuis entre vers chez contre pendant
      lors lorsque où dont quand car puis sous deux trois autre autres plusieurs chaque certain certains certaine
      certaines non oui moins cela ça là rien jamais toujours souvent déjà beaucoup trop cependant afin selon malgré
      parce tandis puisque quoi comment pourquoi celui celle ceux celles lequel laquelle lesquels lesquelles auquel
      auxquels duquel desquels notamment environ voici voilà via etc dit dire disait va vont allait aller doit doivent
      devait devoir soit ni or leur quelque quelques mêmes tel telle tels telles seulement surtout jusque jusqu tant
      dès hors parmi durant ensuite enfin toutefois néanmoins pourtant autant assez presque plutôt ailleurs également
      elles plupart généralement quatre ci pouvez pouvons devrait devraient premier première dedans dehors dessus
      dessous tôt c'est n'est d'est s'est qu'est c'était n'était j'ai j'étais j'avais n'ai n'a n'ont m'a l'a l'ont
      d'un d'une l'un l'une qu'il qu'ils qu'elle qu'elles qu'on qu'un qu'une s'il s'ils l'on d'être d'avoir d'autres
      jusqu'à lorsqu'il puisqu'il aujourd'hui quelqu'un n'y j'y d'y s'y d'en n'en l'en
    `,
  },
  ru: {
    role: 'supplement',
    words: `
      это этого этому этим этом эта эту эти этих этими тот того тому тем том та ту те тех теми который которая которое
      которые которого которой которому которым котором которых которыми также были быть очень либо ибо хотя пока свой
      свои своих своего своей своему своим своими своём своё его её ещё всё все всем всеми мы нам нами вам вами ваш
      ваша ваше ваши наш наша наше наши нашей наших нашего такие таких такого таким такая такую около среди против
      вокруг ради кроме вместо поскольку однако поэтому туда сюда откуда почему сколько столько каждый каждая каждое
      каждые каждого каждой каждую других другие другая другое другого другим сам сама само сами самого самый самая
      самое самые самых одна одно одни одной одного одним одном одну два две двух три будут будем буду может могут мог
      могла могло могли должен должна должно должны нужно стал стала стало стали является являются являлся из-за
      из-под что-то кто-то какой-то как-то где-то всё-таки лишь чтобы именно уже говорит говорят говорил сказал
      сказала сказали заявил заявила сообщил просто вот мной тобой нём ней неё
    `,
    content: 'человек жизнь хорошо',
  },
  id: {
    role: 'supplement',
    words: `
      untuk secara menjadi serta oleh hingga dalam pada ya yg dgn utk dg dr tdk sdh krn jd aja sih deh nih nggak gak
      ga ngga tak kata katanya ujar ujarnya ucap ucapnya satu dua tiga antar para beliau melakukan dilakukan memiliki
      mempunyai terjadi tetap tersebut jadi jadinya semakin sejumlah sekali lainnya hanya bahwa tetapi begitu baru
    `,
    content: 'kecil wong lama lamanya',
  },
  es: {
    role: 'list',
    words: `
      de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta
      entre cuando muy sin sobre también me hasta hay donde quien desde todo toda todos todas nos durante uno unos
      unas les ni contra otro otra otros otras ese eso esa esos esas ante ellos ellas e esto mí antes alguno algunos
      alguna algunas algún algo alguien ningún ninguno ninguna nadie nada qué yo él ella ello tanto tanta tantos
      tantas estos estas mucho mucha muchos muchas cual cuales poco poca pocos pocas mi mis tú te ti tu tus nosotros
      nosotras vosotros vosotras os usted ustedes mío mía míos mías tuyo tuya tuyos tuyas suyo suya suyos suyas
      nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras aquel aquella aquello aquellos aquellas éste
      ésta éstos éstas ése ésa estoy estás está estamos estáis están esté estés estemos estén estar estará estarán
      estaría estarían estaba estaban estabas estábamos estuve estuvo estuvieron estuviera estuvieran estando estado
      he has ha hemos habéis han haya hayas hayamos hayan haber habrá habrán habría habrían había habían habías
      habíamos hubo hubieron hubiera hubieran hubiese hubiesen habiendo habido soy eres es somos sois son ser sea seas
      seamos sean será serán sería serían era eras éramos eran fui fuiste fue fuimos fueron fuera fueran fuese fuesen
      siendo sido tengo tienes tiene tenemos tenéis tienen tenga tengan tener tendrá tendrán tendría tendrían tenía
      tenían tuve tuvo tuvieron tuviera tuvieran teniendo tenido puede pueden puedo podemos podía podían podría
      podrían poder pudo pudieron pueda puedan hacer hace hacen haciendo hizo hicieron hecho hacía va van voy vamos
      iba iban ir dar da dan dio debe deben debía debería dijo dijeron dice dicen decir dicho parece suele si cada así
      aun aún aunque además mientras entonces luego después aquí allí ahí allá acá ahora ayer hoy nunca jamás siempre
      tan tampoco solo sólo solamente vez veces mismo misma mismos mismas dos tres tal tales cualquier cualquiera cuyo
      cuya cuyos cuyas cuál cuáles cómo cuándo cuánto cuánta cuántos cuántas dónde quién quiénes quienes adónde pues
      sino menos casi bien incluso embargo través según ambos ambas bajo mediante excepto salvo hacia tras mas pese
      etc quizá quizás todavía apenas junto cuanto cuanta demás varios varias respecto acerca alrededor obstante cerca
      dentro debido primer primera primero primeros primeras mayoría asimismo
    `,
  },
  zh: {
    role: 'list',
    words: `
      的 地 得 着 了 过 之 所 者 们 第 等 等等 似的 般的 的话 来说 来讲 而言 而已 罢了 与否 我 你 您 他 她 它 咱 俺
      我们 你们 他们 她们 它们 咱们 大家 自己 自身 本身 本人 彼此 人家 别人 某 某个 某些 谁 这 那 哪 这个 那个 哪个
      这些 那些 哪些 这样 那样 这种 那种 这里 那里 哪里 这儿 那儿 哪儿 这边 那边 这么 那么 这次 此 该 其 其中 其他
      其它 其余 其实 其次 此外 此时 此次 如此 这时 那时 这是 那是 各 各个 各种 各自 每 每个 每次 任何 一切 所有 什么
      甚么 怎么 怎样 怎么样 如何 为什么 为何 何 多少 几 几个 多么 吗 呢 吧 啊 呀 哦 嘛 啦 哈 嗯 唉 哎 呵呵 哈哈 哇 喔
      噢 咯 不 没 没有 无 非 未 别 勿 不是 不会 不能 不要 不用 不过 不仅 不但 不如 不管 不论 不然 不得 不可 不再 不到
      不太 不大 没什么 并不 是 为 有 在 会 能 可 要 想 让 使 使得 被 把 将 给 令 叫 做 作 作为 成为 可以 能够 可能
      应该 应当 应 必须 得以 需 需要 愿意 是否 进行 通常 才能 称为 就是 都是 也是 还是 还有 只有 只是 只能 只要 只 就
      才 都 也 又 再 还 更 更加 最 最为 很 太 挺 真 真的 非常 十分 特别 比较 较 较为 相当 极 极其 极了 尤其 有点
      有点儿 有些 一些 一点 一点儿 一下 一样 一般 一直 一定 一起 一共 稍 稍微 略 几乎 差不多 大概 大约 约 左右 已 已经
      曾 曾经 正 正在 刚 刚刚 刚才 仍 仍然 依然 依旧 便 却 则 即 竟 竟然 居然 果然 当然 确实 的确 实在 似乎 好像 完全
      根本 究竟 到底 毕竟 反正 甚至 简直 常 常常 经常 往往 总 总是 总之 总的来说 从来 从未 立即 马上 随时 随后 逐渐
      逐步 不断 不少 许多 很多 好多 多 少 多个 众多 大多 大多数 部分 全部 全 整个 另 另外 另一 同 同样 同时 相同 共
      共同 仅 仅仅 单 光 唯一 和 与 及 以及 或 或者 还要 并 并且 而 而且 而是 且 但 但是 可是 然而 只不过 因为 因 因此
      因而 所以 由于 由此 从而 如果 若 假如 要是 倘若 即使 虽然 虽 尽管 无论 既 既然 除了 除 除非 否则 要么 不只 于是
      然后 接着 此后 以便 以免 例如 比如 比如说 如 譬如 包括 对 对于 关于 至于 针对 根据 据 按 按照 依 依据 以 用 由
      从 自 自从 到 到了 往 向 朝 跟 比 于 当 在于 为了 通过 经 经过 随着 随 沿着 趁 凭 靠 连 甚 至 直到 直至 截至
      有关 相关 来自 出 去 来 上 下 里 内 外 中 前 后 间 旁 左 右 起 起来 出来 出去 下来 下去 上来 上去 过来 过去 进来
      进去 回来 之前 之后 之间 之中 之一 之类 以前 以后 以来 以上 以下 以内 以外 以为 后来 里面 外面 上面 下面 里边
      前面 后面 当时 时候 时 现在 目前 如今 今后 近 近来 最近 今天 昨天 明天 今年 去年 年 月 日 号 点 分 秒 一 二 两
      三 四 五 六 七 八 九 十 百 千 万 亿 零 个 位 次 些 名 件 项 条 一个 两个 三个 一次 一种 一位 一名 一家 一件 第一
      第二 第三 说 说是 表示 称 认为 指出 觉得 知道 看 问 讲 请 谢谢 而后 算 算是 反而 以致 为此 对此 据说 据悉
    `,
  },
  ja: {
    role: 'supplement',
    words: `
      まし ませ でし でしょ でしょう だろ だろう なら たい たく たら なけれ なく なけりゃ てる てい ている ちゃ じゃ
      って っけ ぬ まい べき べく し しよ すれ せよ せ され させ させる いっ なっ なろ なれ おっ おら くる き こ くれ
      くれる くれた あげ もらい もらっ もらう いただき いただい いただけ いただく 頂き 頂い 頂く ください 下さい
      くださっ くださり ござい なさい おい おけ しまい しまっ しまう てしまい そう よう みたい らしい っぽい とても
      すごく もう まだ また けど けれど けれども だけ しか など なんて くらい ぐらい ばかり ほう 方 ずつ さえ すら
      こそ つつ つき まま 事 時 為 物 所 中 等 的 者 性 数 次 非常 可能 年 月 日 分 秒 さん 氏 様 達 たち 内 上 下 後
      前 間 目 回 今 何 他 各 同 約 第 以上 以下 以降 以外 以内 一つ ひとつ 二つ 一 二 三 四 五 六 七 八 九 十 百 千
      万 億 つ 個 人々 言う 言っ 言い 言わ いう いわ 述べ 述べる 語っ 話し 思う 思い 思っ 思わ 出来 出来る できる
      できれ でき できません 行わ 行う 行い 行っ 行なっ 行なわ 持っ 持つ 僕 俺 あなた 彼ら 彼女ら 自分 自身 皆 みな
      みんな 皆さん かなり やはり やっぱり ただ たった まず つまり なぜ どう どんな どちら いつ いくつ そんな こんな
      あんな 更に 既に すでに 最も もっと 全く 全て すべて まったく 必ず 常に 例えば たとえば 但し なので それでも
      だから ですが しかも むしろ あるいは 或いは もし たとえ 少し ちょっと 大きな 小さな 向け 受け 見 よる によると
      にとって に対し に関し に関して に対する としての 多く 多い よく いま 今回 ここで そこで
    `,
  },
  ar: {
    role: 'list',
    words: `
      في فى من إلى على عن مع هذا هذه هذان هاتان ذلك تلك هؤلاء أولئك الذي الذى التي التى الذين اللذين اللتين اللذان
      اللتان اللاتي اللواتي بهذا بهذه لهذا لهذه بذلك لذلك كذلك فهذا وهذا وهذه وذلك ما ماذا لماذا هل كيف أين متى كم أي
      أية أيها أن إن أنه أنها أنهم أنك أنني إنه إنها إنهم إنني بأن بأنه بأنها بأنهم لأن لأنه لأنها لأنهم كأن كأنه لكن
      لكنه لكنها لكنهم أو أم بل لا لم لن ليس ليست ليسوا لسنا لست كان كانت كانوا كنت كنا كانا يكون تكون يكونوا سيكون
      ستكون نكون قد لقد سوف هو هي هم هن هما أنا نحن أنت أنتم به بها بهم بي بنا بك له لها لهم لي لنا لك لكم منه منها
      منهم مني منا فيه فيها فيهم عليه عليها عليهم علينا إليه إليها إليهم عنه عنها عنهم معه معها معهم معنا بين بينهم
      بينها بينما بعد بعدما بعده بعدها قبل قبله قبلها عند عندما عندها لدى لديه لديها لديهم لدينا حتى حين حيث حول خلال
      دون بدون ضد تحت فوق أمام وراء خلف منذ نحو غير سوى كل كلا كلتا كلها كلهم بعض بعضها بعضهم جميع أيضا أيضاً فقط جدا
      جداً هنا هناك الآن ثم إذ إذا إذن لو لولا كما مثل مثلا مثلاً ذات ذو ذا أكثر أقل قال قالت قالوا يقول تقول يقولون
      أضاف أضافت تم يتم تتم يمكن يمكنك يجب هكذا بسبب عدم نفس نفسه نفسها أنفسهم أحد إحدى آخر أخرى الأخرى الآخر الآخرين
      مما فيما بما عما كلما مهما طالما ربما إما إلا ألا أما عبر وسط لما لدي حوالي تقريبا تقريباً بشكل بشأن حيال ضمن عدة
      عديد العديد بينهما يا أيتها عليك إليك إليكم لكي كي لعل ليت سيما لاسيما مازال زال يزال تزال لايزال مازالت أصبح
      أصبحت ومن ثمة ثمّ حسب وفق وفقا وفقاً إذاً أثناء لهما الماضي الماضية قائلا قائلاً قائلة رغم الرغم بالرغم أجل مرة يبلغ
      البالغ تبلغ داخل خارج يكن تكن وجود لمدة بالنسبة أعتقد السيد السيدة الكثير غالبا عادة للغاية باستخدام بواسطة
      بالإضافة معظم واحد واحدة أول الأول الأولى الأكثر البعض كثير كثيرا كثيراً قام قامت اليوم أمس غدا بحيث بحسب بدلا
      بدلاً بدل فضلا فضلاً فلا عليهما لهن شيء أمر الأمر حد منهما فيهما
    `,
  },
  ko: {
    role: 'list',
    words: `
      이 그 저 것 수 등 및 또 또는 혹은 그리고 그러나 하지만 그래서 그런데 그러면 그럼 그러므로 그렇지만 따라서 즉 더
      가장 매우 아주 너무 정말 진짜 좀 조금 잘 못 안 다시 이미 아직 바로 모두 다 함께 같은 같이 같다 같습니다 다른
      어떤 이런 그런 저런 이러한 그러한 모든 각 각각 여러 많은 많이 많다 한 하나 하나의 두 세 첫 우리 우리는 우리의
      우리가 우리를 나는 내가 나의 나를 저는 제가 저희 너는 당신 당신의 당신이 그는 그가 그의 그를 그녀는 그녀가
      그녀의 그녀 그들은 그들이 그들의 그들을 그들 이는 이를 이것은 이것이 이것을 이것 그것은 그것이 그것을 그것 저것
      여기 여기서 여기에 거기 저기 이곳 그곳 때 때는 때문에 때문이다 때문 위해 위한 위해서 위하여 대해 대한 대해서
      관한 관해 관련 통해 통한 따라 따르면 따른 의해 의한 인해 인한 있는 있다 있다는 있다고 있습니다 있었다 있었습니다
      있었던 있고 있어 있어서 있으며 있지만 있을 있게 있도록 있기 있어요 없는 없다 없이 없습니다 없었다 없고 없어
      없어요 하는 한다 한다고 합니다 했다 했습니다 했어요 해요 하고 하여 해 해서 하면 하며 하지 하기 할 했지만 했던
      했고 하게 하도록 한다면 하는데 하는지 된 되는 된다 됩니다 되었다 되었습니다 됐다 됐습니다 되고 되어 돼 될 되지
      이다 입니다 이었다 였다 이라는 이라고 라는 라고 이며 아니다 아닌 아니라 아니고 않는 않는다 않았다 않고 않은
      않습니다 않을 않아 않으면 것이다 것입니다 것은 것을 것이 것으로 것도 것에 것과 거의 수도 수가 수는 중 중에
      중에서 중인 후 후에 전 전에 동안 이후 이전 까지 부터 에서 에게 으로 에는 에도 지금 당시 만약 만일 비록 왜 어떻게
      무엇 무엇을 무엇이 누가 누구 어디 어디에 언제 약 더욱 특히 또한 물론 결국 먼저 점 가지 뿐만 만큼 정도 이렇게
      그렇게 저렇게 어느 아무 말했다 말했습니다 밝혔다 전했다 계속 보다 처럼 대로 그냥 그때 이때 이번 매번 자신의
      자신이 자신을 자기 거 게 건 걸 좋겠습니다 싶다 싶은 싶어 바랍니다
    `,
  },
  th: {
    role: 'list',
    words: `
      ที่ และ ใน ของ เป็น การ ความ ได้ ให้ ไป มา ไม่ ไม่ได้ ไม่มี ไม่ใช่ มี จะ ว่า กับ แก่ แต่ หรือ ก็ คือ นี้ นั้น นี่ นั่น โน้น
      เหล่านี้ เหล่านั้น อยู่ อย่าง จาก โดย ซึ่ง อัน ต่อ ถึง ตาม เพื่อ ด้วย เพราะ เนื่องจาก ดังนั้น จึง ถ้า หาก แม้ แม้ว่า เมื่อ ขณะ
      ขณะที่ ระหว่าง ตั้งแต่ จนถึง จน ก่อน หลัง หลังจาก ช่วง แล้ว ยัง ทั้ง ทั้งนี้ ทั้งหมด ทุก บาง หลาย ต่าง ต่างๆ มาก น้อย กว่า ที่สุด
      สุด เท่านั้น เลย นะ ครับ ค่ะ คะ สิ ล่ะ จ้า สามารถ ต้อง ควร อาจ คง เคย กำลัง อยาก ขอ น่า ผม ฉัน ดิฉัน คุณ เขา เธอ มัน เรา
      พวก พวกเขา พวกเรา ท่าน ตน ตนเอง ตัวเอง เอง ใคร อะไร ไหน ใด เมื่อไร เมื่อไหร่ ทำไม อย่างไร ยังไง เท่าไร เท่าไหร่ กี่ หนึ่ง
      สอง สาม แรก อีก อื่น อื่นๆ เดียว เดียวกัน กัน เฉพาะ เช่น เช่นกัน เช่นเดียว แบบ ดัง ดังกล่าว ประมาณ ราว เกือบ รวม
      รวมถึง ร่วม พร้อม นอกจาก นอกจากนี้ อย่างไรก็ตาม เกี่ยว เกี่ยวกับ สำหรับ ภายใน ภายใต้ ใต้ บน นอก เข้า ออก ขึ้น ลง ผ่าน ทาง
      ด้าน แห่ง ส่วน ราย ครั้ง ถูก ทำ ทำให้ นำ ไว้ กล่าว บอก เรื่อย แค่ มิ มิได้ ล้วน ณ ทว่า กระทั่ง โดยเฉพาะ ค่อนข้าง จริงๆ ๆ เป็นการ
      ใช่
    `,
  },
  vi: {
    role: 'list',
    words: `
      bị bởi cả các cái cần càng chỉ chiếc cho chứ chưa có cứ của cùng cũng đã đang đây đấy để đến tới nỗi đều do đó
      được dưới gì khi không là lại lên xuống lúc mà mỗi mọi một hai những nên nếu ngay nhiều ít như nhưng nơi này nay
      kia ấy nữa phải qua ra vào rằng rất rồi sau trước sẽ so sự tại theo thì trên trong ngoài giữa từ từng và vẫn vậy
      vì việc với về vừa vâng à ạ ừ ư nhé nhỉ nha ơi thế sao nào đâu ai bao thể hơn nhất quá lắm khá thôi luôn hay
      hoặc tuy dù mặc hãy đừng chẳng tôi tao tớ mình ta chúng họ nó hắn bạn anh chị cô em ông bà bằng còn con cuộc
      điều lần cách nhau ở mới đi làm nói cuối thêm khác nhằm trở gồm khoảng
    `,
  },
  sw: {
    role: 'list',
    words: `
      na ya wa kwa ni za la cha vya pa ku mwa si katika kuwa kama kwamba lakini hata hivyo hivi hiyo hii huo huu hilo
      hili hizo hizi huyo huyu hao hawa hayo haya hicho hiki huko huku humo humu hapo hapa pale kule vile yule wale
      ile yale zile lile kile ikiwa iwapo ingawa ili pia tu sana zaidi sasa bado tena ama au wala aidha ila bali basi
      ndiyo ndio hapana ndani nje juu chini kati baina mbele nyuma baada kabla tangu hadi mpaka bila pamoja kuhusu
      dhidi kutoka kutokana kwenye mwenye wenye yenye zenye lenye chenye penye mimi wewe yeye sisi ninyi nyinyi wao
      nani nini wapi lini gani vipi mbona ambaye ambao ambayo ambazo ambalo ambacho ambavyo ambapo ambako kuna hakuna
      una ana nina tuna mna wana yupo ipo wapo alikuwa walikuwa ilikuwa yalikuwa vilikuwa zilikuwa kulikuwa nilikuwa
      tulikuwa atakuwa itakuwa watakuwa amekuwa imekuwa wamekuwa wangu yangu zangu langu changu kwangu wako yako zako
      lako chako kwako wake yake zake lake chake vyake kwake wetu yetu zetu letu chetu kwetu wenu yenu zenu lenu yao
      zao lao chao vyao kwao kila kadhaa baadhi wote yote zote lote chote vyote sote wengine mwingine nyingine mengine
      vingine jingine kingine wengi nyingi mengi vingi moja mmoja mbili wawili mbalimbali badala kisha mara alisema
      akasema anasema walisema amesema kusema hasa kwani kwanza jinsi namna kweli karibu kabisa wakati kufanya kutumia
      kupata kwenda kutoa
    `,
  },
};

/**
 * Characters of the Chinese lists that traditional Chinese writes otherwise: the simplified one, then its other forms.
 */
export const TRADITIONAL_CHARACTERS = `
  个個 则則 来來 样樣 种種 转轉 万萬 仅僅 单單 尽盡儘 独獨 于於 论論 过過 问問 与與 说說説 时時 两兩 别別 临臨
  为為爲 么麼 着著着 类類 乌烏 罢罷 尔爾 们們 旧舊 从從 凭憑 会會 况況 处處 余餘 据據 傥儻 儿兒 体體 关關 内內
  冲衝 几幾 借藉 后後 区區 却卻 当當噹 见見 吓嚇 吗嗎 哒噠 呕嘔 呗唄 呜嗚 哟喲 哗譁 边邊 里裡裏 达達 喽嘍 嗳噯
  嘘噓 宁寧 愿願 对對 将將 岂豈 并並 开開 归歸 齐齊 办辦 总總 换換 话話 无無 极極 欤歟 间間 没沒 点點 犹猶 确確
  离離 称稱 简簡 紧緊 纵縱 经經 结結 给給 继繼 综綜 腾騰 虽雖 让讓 许許 设設 诚誠 该該 请請 诸諸 谁誰 贼賊 赖賴
  赶趕 较較 还還 这這 进進 连連 鉴鑑 针針 随隨 难難 顺順 讲講 实實 够夠 应應 须須 约約 刚剛 毕畢 马馬 渐漸 断斷
  众眾衆 数數 现現 号號 亿億 项項 条條 认認 觉覺 贵貴 谢謝
`;

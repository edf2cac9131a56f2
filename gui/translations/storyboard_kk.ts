<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="kk_KZ" sourcelanguage="en_US">
<context>
    <name>Actions</name>
    <message>
        <source>New Board</source>
        <translation>Жаңа раскадровка</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ашу…</translation>
    </message>
    <message>
        <source>Open the Example Story</source>
        <translation>Мысалды ашу</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Импорттау…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорттау…</translation>
    </message>
    <message>
        <source>Close Window</source>
        <translation>Терезені жабу</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Шығу</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Баптаулар…</translation>
    </message>
    <message>
        <source>Add Panel</source>
        <translation>Кадр қосу</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Көшірмесін жасау</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Бөлу</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Біріктіру</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Жою</translation>
    </message>
    <message>
        <source>Move Earlier</source>
        <translation>Алдыға жылжыту</translation>
    </message>
    <message>
        <source>Move Later</source>
        <translation>Артқа жылжыту</translation>
    </message>
    <message>
        <source>Leave Out of Exports</source>
        <translation>Экспортқа қоспау</translation>
    </message>
    <message>
        <source>Select All Panels</source>
        <translation>Барлық кадрды таңдау</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Кадрларға бөлу</translation>
    </message>
    <message>
        <source>Draw Missing</source>
        <translation>Жетіспейтінін салу</translation>
    </message>
    <message>
        <source>Draw Selected</source>
        <translation>Таңдалғанын салу</translation>
    </message>
    <message>
        <source>Draw Changed</source>
        <translation>Өзгергендерін салу</translation>
    </message>
    <message>
        <source>Draw All</source>
        <translation>Бәрін салу</translation>
    </message>
    <message>
        <source>Draw Pictures of Another Shape Again</source>
        <translation>Басқа форматты суреттерді қайта салу</translation>
    </message>
    <message>
        <source>Animate Selected</source>
        <translation>Таңдалғандарды қозғалту</translation>
    </message>
    <message>
        <source>Animate All</source>
        <translation>Барлығын қозғалту</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>Басқа нұсқа</translation>
    </message>
    <message>
        <source>Faster and Better…</source>
        <translation>Жылдамырақ әрі жақсырақ…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Кідірту</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Тоқтату</translation>
    </message>
    <message>
        <source>Larger Panels</source>
        <translation>Ірірек</translation>
    </message>
    <message>
        <source>Smaller Panels</source>
        <translation>Ұсағырақ</translation>
    </message>
    <message>
        <source>Usual Size</source>
        <translation>Қалыпты өлшем</translation>
    </message>
    <message>
        <source>View Panel</source>
        <translation>Кадрды қарау</translation>
    </message>
    <message>
        <source>Add Picture…</source>
        <translation>Сурет қосу…</translation>
    </message>
    <message>
        <source>Open in Another Program</source>
        <translation>Басқа бағдарламада ашу</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Уақыт шкаласы</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Слайд көрсету</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Толық экран</translation>
    </message>
    <message>
        <source>About Storyboard</source>
        <translation>Storyboard туралы</translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation>Соңғы ашылғандар</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Толықтыру</translation>
    </message>
    <message>
        <source>Sound of the Board</source>
        <translation>Раскадровканың дыбысы</translation>
    </message>
    <message>
        <source>Sound of the Panel</source>
        <translation>Кадрдың дыбысы</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Файл</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Өңдеу</translation>
    </message>
    <message>
        <source>&amp;Board</source>
        <translation>&amp;Раскадровка</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Көрініс</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Анықтама</translation>
    </message>
</context>
<context>
    <name>AdviceDialog</name>
    <message>
        <source>Faster and Better</source>
        <translation>Жылдамырақ әрі жақсырақ</translation>
    </message>
    <message>
        <source>looking at this machine and this board…</source>
        <translation>осы құрылғы мен осы тақтаны қарап жатыр…</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Неге</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Қолдану</translation>
    </message>
    <message>
        <source>Try on This Panel</source>
        <translation>Осы кадрда байқап көру</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Хабарлама</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>Нені өзгерту керек</translation>
    </message>
    <message>
        <source>Saves</source>
        <translation>Үнемдейді</translation>
    </message>
    <message>
        <source>A panel then</source>
        <translation>Кадр сонда</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>Қайдан белгілі</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Ұсыныстар</translation>
    </message>
    <message>
        <source>Nobody knows yet how long a panel takes here: draw one.</source>
        <translation>Мұнда бір кадр қанша уақыт алатыны әзірге белгісіз: біреуін салыңыз.</translation>
    </message>
    <message>
        <source>A panel takes {0} s now ({1}).</source>
        <translation>Кадр қазір {0} с алады ({1}).</translation>
    </message>
    <message>
        <source>There is nothing to change.</source>
        <translation>Өзгертетін ештеңе жоқ.</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>{0} times as long</source>
        <translation>{0} есе ұзақ</translation>
    </message>
    <message>
        <source>{0} times as fast</source>
        <translation>{0} есе жылдам</translation>
    </message>
    <message>
        <source>measured here</source>
        <translation>осында өлшенген</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>есептелген</translation>
    </message>
    <message>
        <source>published</source>
        <translation>жарияланған</translation>
    </message>
    <message>
        <source>Times {0}, as it was measured here before.</source>
        <translation>{0} есеге көбейтілген: бұрын осында солай өлшенген.</translation>
    </message>
    <message>
        <source>To be done in: {0}</source>
        <translation>Осында өзгертіледі: {0}</translation>
    </message>
    <message>
        <source>Applied; Undo takes it back.</source>
        <translation>Қолданылды; «Болдырмау» кері қайтарады.</translation>
    </message>
    <message>
        <source>Applied; {0} s a panel are predicted. Undo takes it back.</source>
        <translation>Қолданылды; бір кадрға {0} с күтіледі. «Болдырмау» кері қайтарады.</translation>
    </message>
    <message>
        <source>drawing this panel once more…</source>
        <translation>осы кадр тағы бір рет салынып жатыр…</translation>
    </message>
    <message>
        <source>The new take is among the panel&apos;s takes.</source>
        <translation>Жаңа дубль кадр дубльдерінің арасында.</translation>
    </message>
    <message>
        <source>as now</source>
        <translation>қазіргідей</translation>
    </message>
    <message>
        <source>with the change</source>
        <translation>өзгеріспен</translation>
    </message>
    <message>
        <source>{0}: {1} s</source>
        <translation>{0}: {1} с</translation>
    </message>
</context>
<context>
    <name>Advising</name>
    <message>
        <source>Follow Advice</source>
        <translation>Кеңеске құлақ асу</translation>
    </message>
</context>
<context>
    <name>AnnotatedTakes</name>
    <message>
        <source>Not saved: {0}. The notes are kept in the window.</source>
        <translation>Сақталмады: {0}. Белгілер терезеде қалады.</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>Bringing in {0}…</source>
        <translation>{0} әкелінуде…</translation>
    </message>
    <message>
        <source>Bringing in {0}: {1} of {2}</source>
        <translation>{0} көшірілуде: {2} ішінен {1}</translation>
    </message>
</context>
<context>
    <name>BenchmarkView</name>
    <message>
        <source>Memory of the render process</source>
        <translation>Салу процесінің жады</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Сек.</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Болжам</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Бастау</translation>
    </message>
    <message>
        <source>Seconds for each panel</source>
        <translation>Әр кадрға секунд</translation>
    </message>
    <message>
        <source>Save PNG…</source>
        <translation>PNG сақтау…</translation>
    </message>
    <message>
        <source>Save JSON…</source>
        <translation>JSON сақтау…</translation>
    </message>
    <message>
        <source>{0} cannot be written: choose another folder</source>
        <translation>{0} жазылмайды: басқа қалтаны таңдаңыз</translation>
    </message>
    <message>
        <source>Save the benchmark</source>
        <translation>Өлшемдерді сақтау</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Суреттер (*.png)</translation>
    </message>
    <message>
        <source>Numbers (*.json)</source>
        <translation>Сандар (*.json)</translation>
    </message>
    <message>
        <source>text</source>
        <translation>мәтін</translation>
    </message>
    <message>
        <source>image prompt</source>
        <translation>үлгі</translation>
    </message>
    <message>
        <source>denoise</source>
        <translation>қадамдар</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>декодер</translation>
    </message>
    <message>
        <source>likeness</source>
        <translation>ұқсастық</translation>
    </message>
    <message>
        <source>read</source>
        <translation>оқу</translation>
    </message>
    <message>
        <source>save</source>
        <translation>жазу</translation>
    </message>
    <message>
        <source>cold</source>
        <translation>суық</translation>
    </message>
    <message>
        <source>warm</source>
        <translation>жылы</translation>
    </message>
    <message>
        <source>panel {0}</source>
        <translation>{0}-кадр</translation>
    </message>
    <message>
        <source>{0}, sheet</source>
        <translation>{0}, эскиз</translation>
    </message>
    <message>
        <source>Memory: no render process</source>
        <translation>Жад: процесс жоқ</translation>
    </message>
    <message>
        <source>Memory: {0} GiB now</source>
        <translation>Жад: {0} ГиБ</translation>
    </message>
    <message>
        <source>, {0} GiB peak</source>
        <translation>, шыңы {0} ГиБ</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Жылдамдық</translation>
    </message>
    <message>
        <source>Nothing has been drawn yet.</source>
        <translation>Әзірге сурет жоқ.</translation>
    </message>
</context>
<context>
    <name>BoardEditor</name>
    <message>
        <source>Add panel</source>
        <translation>Кадр қосуды</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Көшірме жасауды</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Бөлуді</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Біріктіруді</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Жоюды</translation>
    </message>
    <message>
        <source>Leave out of exports</source>
        <translation>Экспортқа қоспау</translation>
    </message>
    <message>
        <source>Show in exports</source>
        <translation>Экспортқа қосу</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>Ретін өзгертуді</translation>
    </message>
</context>
<context>
    <name>BoardModel</name>
    <message>
        <source>drawn</source>
        <translation>салынған</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>әлі салынған жоқ</translation>
    </message>
    <message>
        <source>Panel {0}, {1}, {2}: {3}</source>
        <translation>{0}-кадр, {1}, {2}: {3}</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>Ретін өзгертуді</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>Board</source>
        <translation>Раскадровка</translation>
    </message>
    <message>
        <source>The panels in reading order</source>
        <translation>Кадрлар ретімен</translation>
    </message>
</context>
<context>
    <name>BoundedText</name>
    <message>
        <source>There is room for {0} characters here; the rest was left out.</source>
        <translation>Мұнда {0} таңба сыяды; қалғаны алынбады.</translation>
    </message>
</context>
<context>
    <name>CastView</name>
    <message>
        <source>Cast</source>
        <translation>Кейіпкерлер</translation>
    </message>
    <message>
        <source>Character</source>
        <translation>Кейіпкер</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Жаңа</translation>
    </message>
    <message>
        <source>New character</source>
        <translation>Жаңа кейіпкер</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Жою</translation>
    </message>
    <message>
        <source>Remove this character</source>
        <translation>Осы кейіпкерді алып тастау</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Аты</translation>
    </message>
    <message>
        <source>Name of the character</source>
        <translation>Кейіпкердің аты</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Қосу…</translation>
    </message>
    <message>
        <source>Add reference pictures</source>
        <translation>Үлгілерді қосу</translation>
    </message>
    <message>
        <source>Remove the selected reference picture</source>
        <translation>Таңдалған үлгіні алып тастау</translation>
    </message>
    <message>
        <source>Make character sheet</source>
        <translation>Кейіпкер парағын салу</translation>
    </message>
    <message>
        <source>Draw the character once from the traits, and hold on to that picture</source>
        <translation>Кейіпкерді белгілері бойынша бір рет салып, сол суретті ұстану</translation>
    </message>
    <message>
        <source>Hold looks</source>
        <translation>Келбетті сақтау</translation>
    </message>
    <message>
        <source>By the reference pictures (identity lock); without it no adapter is used</source>
        <translation>Үлгілер бойынша (келбетті сақтау); онсыз адаптер қажет емес</translation>
    </message>
    <message>
        <source>Strength of the reference pictures, percent</source>
        <translation>Үлгілердің күші, пайыз</translation>
    </message>
    <message>
        <source>No characters yet. Plan a story, or press New.</source>
        <translation>Әзірге кейіпкер жоқ. Оқиғаны кадрларға бөліңіз немесе «Жаңа» түймесін басыңыз.</translation>
    </message>
    <message>
        <source>Rename character</source>
        <translation>Кейіпкердің атын өзгертуді</translation>
    </message>
    <message>
        <source>Add reference</source>
        <translation>Үлгі қосуды</translation>
    </message>
    <message>
        <source>Remove reference</source>
        <translation>Үлгіні алып тастауды</translation>
    </message>
    <message>
        <source>Reference pictures</source>
        <translation>Үлгілер</translation>
    </message>
    <message>
        <source>Pictures ({0})</source>
        <translation>Суреттер ({0})</translation>
    </message>
    <message>
        <source>Character {0}</source>
        <translation>Кейіпкер: {0}</translation>
    </message>
    <message>
        <source>Add character</source>
        <translation>Кейіпкер қосуды</translation>
    </message>
    <message>
        <source>Remove character</source>
        <translation>Кейіпкерді алып тастауды</translation>
    </message>
    <message>
        <source>Change traits</source>
        <translation>Белгілерін өзгертуді</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Күші</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>several values</source>
        <translation>әртүрлі мәндер</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>this window</source>
        <translation>осы терезе</translation>
    </message>
    <message>
        <source>{0}; until then, config.py holds</source>
        <translation>{0}; оған дейін config.py қолданылады</translation>
    </message>
</context>
<context>
    <name>ClipBar</name>
    <message>
        <source>Frame of the clip</source>
        <translation>Клип кадры</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Кідірту</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Ойнату</translation>
    </message>
</context>
<context>
    <name>CrashNotice</name>
    <message>
        <source>Storyboard ended by a fault of its own. What it could still say is in a file on this machine; nobody has been sent it.</source>
        <translation>Бағдарлама өз қатесінен аяқталды. Оның айтып үлгергені осы компьютердегі файлда жатыр; ол ешкімге жіберілген жоқ.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Көрсету</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Жою</translation>
    </message>
    <message>
        <source>The report is {0}</source>
        <translation>Есеп мына жерде: {0}</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open a board&apos;s folder</source>
        <translation>Раскадровка қалтасын ашу</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>Жазылды: {0}</translation>
    </message>
    <message>
        <source>Storyboard {0}

Turns a story into a storyboard on your own machine.</source>
        <translation>Storyboard {0}

Оқиғаны өз компьютеріңізде раскадровкаға айналдырады.</translation>
    </message>
    <message>
        <source>About Storyboard</source>
        <translation>Storyboard туралы</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Story</source>
        <translation>Оқиға</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>Кейіпкерлер</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>Live benchmark</source>
        <translation>Қазіргі жылдамдық</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>{0}. It is kept as a snapshot, too.</source>
        <translation>{0}. Бұл күйдің көшірмесі де сақталды.</translation>
    </message>
    <message>
        <source>Show the newest take</source>
        <translation>Жаңа дубльді көрсетуді</translation>
    </message>
    <message>
        <source>Show the best take</source>
        <translation>Ең жақсы дубльді көрсетуді</translation>
    </message>
    <message>
        <source>Edit picture</source>
        <translation>Суретті өзгерту</translation>
    </message>
    <message>
        <source>Not saved: {0}. The board is kept in the window.</source>
        <translation>Сақталмады: {0}. Раскадровка терезеде қалады.</translation>
    </message>
    <message>
        <source>A panel that is being drawn cannot leave the board: cancel the render first.</source>
        <translation>Салынып жатқан кадрды алып тастауға болмайды: алдымен салуды тоқтатыңыз.</translation>
    </message>
</context>
<context>
    <name>DrawingView</name>
    <message>
        <source>Move mark</source>
        <translation>Белгіні жылжытуды</translation>
    </message>
    <message>
        <source>Change mark</source>
        <translation>Белгіні өзгертуді</translation>
    </message>
    <message>
        <source>Change note</source>
        <translation>Ескертпені өзгертуді</translation>
    </message>
    <message>
        <source>A picture holds {0} marks: erase some first.</source>
        <translation>Суретте {0} белгі бар, одан көп болмайды: бірнешеуін өшіріңіз.</translation>
    </message>
    <message>
        <source>Draw arrow</source>
        <translation>Көрсеткі салуды</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>Ескертпе жазуды</translation>
    </message>
    <message>
        <source>Draw stroke</source>
        <translation>Сызық салуды</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Өшіруді</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>What is to change in the picture</source>
        <translation>Суретте не өзгеруі керек</translation>
    </message>
    <message>
        <source>What is to change in the picture, such as: make it night</source>
        <translation>Суретте не өзгеруі керек, мысалы: make it night</translation>
    </message>
    <message>
        <source>Where the picture may change</source>
        <translation>Сурет қай жерде өзгере алады</translation>
    </message>
    <message>
        <source>Draw a rectangle (R), or go around something with the pen (P)</source>
        <translation>Тіктөртбұрыш сызыңыз (R) немесе бір нәрсені қаламмен қоршаңыз (P)</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Барлық жерде</translation>
    </message>
    <message>
        <source>In the rectangle</source>
        <translation>Тіктөртбұрыш ішінде</translation>
    </message>
    <message>
        <source>Inside the strokes</source>
        <translation>Сызықтардың ішінде</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Өзгерту</translation>
    </message>
    <message>
        <source>Change the picture with a model that edits; the take stays, the result is new</source>
        <translation>Суретті түзете алатын модельмен өзгерту; дубль қалады, нәтиже жаңа</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Бас тарту</translation>
    </message>
    <message>
        <source>Progress of the edit</source>
        <translation>Түзетудің барысы</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Draw a rectangle over the picture first (R).</source>
        <translation>Алдымен сурет үстіне тіктөртбұрыш сызыңыз (R).</translation>
    </message>
    <message>
        <source>Go around what may change with the pen first (P).</source>
        <translation>Алдымен өзгеруі мүмкін жерді қаламмен қоршаңыз (P).</translation>
    </message>
</context>
<context>
    <name>EmptyBoard</name>
    <message>
        <source>A board begins with a story</source>
        <translation>Раскадровка оқиғадан басталады</translation>
    </message>
    <message>
        <source>Write or paste it on the left, or drop a text file, and press Plan: the shots appear here at once. Then draw them.</source>
        <translation>Оны сол жаққа жазыңыз, қойыңыз немесе мәтін файлын сүйреп әкеліп, «Кадрларға бөлу» түймесін басыңыз: кадрлар осында бірден шығады. Содан кейін оларды салыңыз.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Экспорттау</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Түрі</translation>
    </message>
    <message>
        <source>Arrows, strokes and notes</source>
        <translation>Көрсеткілер, сызықтар, ескертпелер</translation>
    </message>
    <message>
        <source>Where to write</source>
        <translation>Қайда жазу керек</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Таңдау…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Хабар</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Тоқтатылуда…</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Pictures in a folder</source>
        <translation>Қалтадағы суреттер</translation>
    </message>
    <message>
        <source>Contact sheet (PNG)</source>
        <translation>Контактілі парақ (PNG)</translation>
    </message>
    <message>
        <source>Comic (PDF)</source>
        <translation>Комикс (PDF)</translation>
    </message>
    <message>
        <source>Shot list (YAML)</source>
        <translation>Пландар тізімі (YAML)</translation>
    </message>
    <message>
        <source>Shot list (CSV)</source>
        <translation>Пландар тізімі (CSV)</translation>
    </message>
    <message>
        <source>Shot list (Excel)</source>
        <translation>Пландар тізімі (Excel)</translation>
    </message>
    <message>
        <source>Call sheet (Excel)</source>
        <translation>Шақыру парағы (Excel)</translation>
    </message>
    <message>
        <source>Subtitles (SRT)</source>
        <translation>Субтитрлер (SRT)</translation>
    </message>
    <message>
        <source>Subtitles (WebVTT)</source>
        <translation>Субтитрлер (WebVTT)</translation>
    </message>
    <message>
        <source>Cut (OpenTimelineIO)</source>
        <translation>Монтаж (OpenTimelineIO)</translation>
    </message>
    <message>
        <source>Cut with pictures (OTIOZ)</source>
        <translation>Суреттері бар монтаж (OTIOZ)</translation>
    </message>
    <message>
        <source>Cut (Final Cut Pro 7 XML)</source>
        <translation>Монтаж (Final Cut Pro 7 XML)</translation>
    </message>
    <message>
        <source>Cut (FCPXML)</source>
        <translation>Монтаж (FCPXML)</translation>
    </message>
    <message>
        <source>Cut (CMX 3600 EDL)</source>
        <translation>Монтаж (CMX 3600 EDL)</translation>
    </message>
    <message>
        <source>Cut (AAF)</source>
        <translation>Монтаж (AAF)</translation>
    </message>
    <message>
        <source>Animatic (MP4)</source>
        <translation>Аниматик (MP4)</translation>
    </message>
    <message>
        <source>Animatic (QuickTime)</source>
        <translation>Аниматик (QuickTime)</translation>
    </message>
    <message>
        <source>Animatic (GIF)</source>
        <translation>Аниматик (GIF)</translation>
    </message>
    <message>
        <source>Bundle of the whole project (ZIP)</source>
        <translation>Бүкіл жоба бір файлда (ZIP)</translation>
    </message>
    <message>
        <source>Animatic (WebP)</source>
        <translation>Аниматик (WebP)</translation>
    </message>
    <message>
        <source>The whole project: pictures, originals, sounds, earlier states.</source>
        <translation>Бүкіл жоба: суреттер, түпнұсқалар, дыбыстар, бұрынғы күйлер.</translation>
    </message>
    <message>
        <source>{0} of {1} panels have a picture.</source>
        <translation>Суреті бар кадр: {0} / {1}.</translation>
    </message>
    <message>
        <source>Choose where to write.</source>
        <translation>Қайда жазу керегін таңдаңыз.</translation>
    </message>
    <message>
        <source>Nobody is called {0} here.</source>
        <translation>Мұнда {0} деген пайдаланушы жоқ.</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Жазылуда…</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Кадрлар</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>Қайда</translation>
    </message>
</context>
<context>
    <name>ExportProgress</name>
    <message>
        <source>How much is written</source>
        <translation>Қаншасы жазылды</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>{0} қалды</translation>
    </message>
</context>
<context>
    <name>ExternalEditor</name>
    <message>
        <source>{0} could not be opened: choose another program to edit pictures with.</source>
        <translation>{0} ашылмады: суретке басқа бағдарлама таңдаңыз.</translation>
    </message>
    <message>
        <source>{0} is a link</source>
        <translation>{0} — сілтеме</translation>
    </message>
</context>
<context>
    <name>FieldTable</name>
    <message>
        <source>What is printed of a panel</source>
        <translation>Кадрдан не басылады</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Өріс</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Сөздер</translation>
    </message>
    <message>
        <source>Width %</source>
        <translation>Ені, %</translation>
    </message>
    <message>
        <source>Above</source>
        <translation>Үстінде</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Жоғары</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Төмен</translation>
    </message>
    <message>
        <source>name of your own column</source>
        <translation>өз бағаныңыздың атауы</translation>
    </message>
    <message>
        <source>its text</source>
        <translation>оның мәтіні</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Көрініс</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Шот</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Ұзақтығы</translation>
    </message>
    <message>
        <source>Framing</source>
        <translation>Кадрлау</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Ірілігі</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Ракурс</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Орын</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Тәулік уақыты</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>Кейіпкерлер</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Әрекет</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Репликалар</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Жазбалар</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Сұрау</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Дән</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Файл атауы</translation>
    </message>
    <message>
        <source>Your own text</source>
        <translation>Өз мәтініңіз</translation>
    </message>
</context>
<context>
    <name>FilmForm</name>
    <message>
        <source>Soundtrack and sounds of panels</source>
        <translation>Дыбыс жолы мен кадр дыбыстары</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Репликалар</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>дыбыссыз</translation>
    </message>
    <message>
        <source>spoken by the system&apos;s voice</source>
        <translation>жүйе дауысымен</translation>
    </message>
    <message>
        <source>spoken, panels as long as it takes</source>
        <translation>дауыспен, кадрлар қажетінше ұзақ</translation>
    </message>
</context>
<context>
    <name>FinishMenu</name>
    <message>
        <source>{0}, about {1} a panel</source>
        <translation>{0}, кадрға шамамен {1}</translation>
    </message>
    <message>
        <source>These panels have no picture yet: draw them first.</source>
        <translation>Бұл кадрларда әлі сурет жоқ: алдымен оларды салыңыз.</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Starter model</source>
        <translation>Бастапқы модель</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>Models for this machine</source>
        <translation>Осы компьютерге арналған модельдер</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Жүктеу</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Кідірту</translation>
    </message>
    <message>
        <source>Storyboard draws at once with its starter model, which is made for trying things out. Better pictures come from larger models, which are fetched once.</source>
        <translation>Бағдарлама бірден өзінің бастапқы моделімен сурет салады, ол байқап көруге арналған. Жақсырақ суреттерді үлкен модельдер береді; олар бір рет жүктеледі.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Жабу</translation>
    </message>
    <message>
        <source>The model is chosen above the board, now or later.</source>
        <translation>Модель раскадровканың үстінде таңдалады, қазір не кейін.</translation>
    </message>
    <message>
        <source>{0} GPU cores</source>
        <translation>GPU ядролары: {0}</translation>
    </message>
    <message>
        <source>{0} GB of memory</source>
        <translation>жады: {0} ГБ</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Жады</translation>
    </message>
    <message>
        <source>A panel takes</source>
        <translation>Бір кадрға уақыт</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Лицензия</translation>
    </message>
    <message>
        <source>{0} GB</source>
        <translation>{0} ГБ</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>әзірге белгісіз</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>шамамен {0}</translation>
    </message>
    <message>
        <source>is here</source>
        <translation>осында бар</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>сыяды</translation>
    </message>
    <message>
        <source>fits, a part at a time</source>
        <translation>бөлік-бөлігімен сыяды</translation>
    </message>
    <message>
        <source>too much for this machine</source>
        <translation>бұл компьютерге тым көп</translation>
    </message>
    <message>
        <source>fits as a file of {0}</source>
        <translation>{0} файлы түрінде сыяды</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Осыны алу</translation>
    </message>
    <message>
        <source>Paused; what has arrived is kept.</source>
        <translation>Кідіртілді; келгені сақталды.</translation>
    </message>
    <message>
        <source>Asking for the files…</source>
        <translation>Файлдар сұралып жатыр…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Жалғастыру</translation>
    </message>
    <message>
        <source>The model is here.</source>
        <translation>Модель осында.</translation>
    </message>
</context>
<context>
    <name>Imports</name>
    <message>
        <source>All that can be imported</source>
        <translation>Импорттауға болатынның бәрі</translation>
    </message>
    <message>
        <source>Stories, scripts and shot lists</source>
        <translation>Әңгімелер, сценарийлер және кадрлар тізімдері</translation>
    </message>
    <message>
        <source>Cuts, tables and PDFs with comments</source>
        <translation>Монтаж, кестелер және ескертпелері бар PDF</translation>
    </message>
    <message>
        <source>Boards and contact sheets</source>
        <translation>Раскадровкалар мен контакт парақтары</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Барлық файлдар</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импорттау</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>System</source>
        <translation>Жүйе тілі</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Storyboard</source>
        <translation>Storyboard</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Жылдамдық</translation>
    </message>
    <message>
        <source>This is an example story, laid out in shots.</source>
        <translation>Бұл — кадрларға бөлінген мысал оқиға.</translation>
    </message>
    <message>
        <source>Draw it</source>
        <translation>Салу</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Атаусыз</translation>
    </message>
    <message>
        <source>Rebuild the board</source>
        <translation>Раскадровканы қалпына келтіру</translation>
    </message>
    <message>
        <source>Draw Changed</source>
        <translation>Өзгергендерін салу</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Жалғастыру</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Кідірту</translation>
    </message>
</context>
<context>
    <name>MarkerControl</name>
    <message>
        <source>Add marker</source>
        <translation>Маркер қосу</translation>
    </message>
    <message>
        <source>Move marker</source>
        <translation>Маркерді жылжыту</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Маркер</translation>
    </message>
    <message>
        <source>Name of the marker:</source>
        <translation>Маркердің атауы:</translation>
    </message>
    <message>
        <source>Delete marker</source>
        <translation>Маркерді жою</translation>
    </message>
    <message>
        <source>Name marker</source>
        <translation>Маркерге атау беру</translation>
    </message>
</context>
<context>
    <name>MarkerRow</name>
    <message>
        <source>Markers</source>
        <translation>Маркерлер</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>Атау беру…</translation>
    </message>
    <message>
        <source>Delete Marker</source>
        <translation>Маркерді жою</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>The story has changed</source>
        <translation>Мәтін өзгерді</translation>
    </message>
    <message>
        <source>Only what changes</source>
        <translation>Тек өзгерістер</translation>
    </message>
    <message>
        <source>Panels keep their pictures. Those of panels that leave the board are kept in the project, and Undo brings them back.</source>
        <translation>Кадрлар суреттерін сақтайды. Раскадровкадан кететін кадрлардың суреттері жобада қалады, ал болдырмау оларды қайтарады.</translation>
    </message>
    <message>
        <source>Change the Board</source>
        <translation>Раскадровканы өзгерту</translation>
    </message>
    <message>
        <source>Keep the Board</source>
        <translation>Раскадровканы қалдыру</translation>
    </message>
    <message>
        <source>What becomes of the panels</source>
        <translation>Кадрлар не болады</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Не болады</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>What it shows</source>
        <translation>Не көрсетіледі</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>Не өзгереді</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Осы хабарды жабу</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Хабар</translation>
    </message>
</context>
<context>
    <name>ModeBox</name>
    <message>
        <source>Speed mode</source>
        <translation>Жылдамдық режимі</translation>
    </message>
    <message>
        <source>{0} steps</source>
        <translation>{0} қадам</translation>
    </message>
    <message>
        <source>Seconds a panel are measured on this machine, with this model.</source>
        <translation>Кадрға кететін секунд осы компьютерде, осы модельмен өлшенеді.</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>әлі өлшенбеген</translation>
    </message>
    <message>
        <source>{0} s a panel</source>
        <translation>кадрға {0} с</translation>
    </message>
    <message>
        <source>about {0} s a panel</source>
        <translation>кадрға шамамен {0} с</translation>
    </message>
</context>
<context>
    <name>ModelDownload</name>
    <message>
        <source>The download broke off: try it again.</source>
        <translation>Жүктеу үзілді: қайталап көріңіз.</translation>
    </message>
</context>
<context>
    <name>NamesEdit</name>
    <message>
        <source>names, with commas</source>
        <translation>атаулар, үтір арқылы</translation>
    </message>
    <message>
        <source>Add to the cast</source>
        <translation>Кейіпкерлерге қосу</translation>
    </message>
    <message>
        <source>Not in the cast: {0}. Nobody knows how they look.</source>
        <translation>Кейіпкерлер арасында жоқ: {0}. Келбетін ешкім білмейді.</translation>
    </message>
</context>
<context>
    <name>NoteEditor</name>
    <message>
        <source>Note</source>
        <translation>Ескертпе</translation>
    </message>
    <message>
        <source>Enter to keep, Shift+Enter for a new line</source>
        <translation>Enter — сақтау, Shift+Enter — жаңа жол</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>several values</source>
        <translation>әртүрлі мәндер</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>The board could not be opened: {0}</source>
        <translation>Раскадровка ашылмады: {0}</translation>
    </message>
    <message>
        <source>Storyboard could not be opened: {0}

Install it again, please. What you have written on the left is not saved: copy it first.</source>
        <translation>Storyboard ашылмады: {0}

Оны қайта орнатыңыз. Сол жақта жазғаныңыз сақталмаған: алдымен көшіріп алыңыз.</translation>
    </message>
</context>
<context>
    <name>OwnPictures</name>
    <message>
        <source>Pictures</source>
        <translation>Суреттер</translation>
    </message>
    <message>
        <source>Add Picture</source>
        <translation>Сурет қосу</translation>
    </message>
    <message>
        <source>The clipboard holds no picture.</source>
        <translation>Алмасу буферінде сурет жоқ.</translation>
    </message>
    <message>
        <source>This panel has no picture yet.</source>
        <translation>Бұл кадрдың әзірге суреті жоқ.</translation>
    </message>
    <message>
        <source>A copy is open in another program. Whenever it is saved there, it comes back as a new take; the take itself stays as it is.</source>
        <translation>Басқа бағдарламада көшірмесі ашылды. Онда сақталған сайын ол жаңа дубль болып қайтады; дубльдің өзі өзгермейді.</translation>
    </message>
    <message>
        <source>Program for Pictures</source>
        <translation>Суреттерге арналған бағдарлама</translation>
    </message>
    <message>
        <source>The command that opens a picture, for example gimp or open -a &quot;Affinity Photo&quot;.
Empty: the program that the system opens pictures with.</source>
        <translation>Суретті ашатын пәрмен, мысалы gimp не open -a &quot;Affinity Photo&quot;.
Бос болса: жүйе суреттерді ашатын бағдарлама.</translation>
    </message>
    <message>
        <source>Drop the picture on a panel: it becomes its take.</source>
        <translation>Суретті кадрға сүйреңіз: ол соның дублі болады.</translation>
    </message>
</context>
<context>
    <name>PageDesigner</name>
    <message>
        <source>Open…</source>
        <translation>Ашу…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Сақтау…</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Көлденең</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Тік</translation>
    </message>
    <message>
        <source>auto, a number of panels a page, or columns x rows</source>
        <translation>auto, беттегі кадр саны немесе бағандар x жолдар</translation>
    </message>
    <message>
        <source>As it fits</source>
        <translation>Сыйғанынша</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>Астында</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>Жанында</translation>
    </message>
    <message>
        <source>Title on the first page</source>
        <translation>Атауы бірінші бетте</translation>
    </message>
    <message>
        <source>Boxes around panels</source>
        <translation>Кадрлар айналасындағы жақтау</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>Ақ-қара</translation>
    </message>
    <message>
        <source>Bookmarks by scene</source>
        <translation>Көріністер бойынша бетбелгілер</translation>
    </message>
    <message>
        <source>Names of fields</source>
        <translation>Өріс атаулары</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Макет</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Қағаз</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Бағыты</translation>
    </message>
    <message>
        <source>Panels a page</source>
        <translation>Беттегі кадрлар</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Сөздер</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Әріптер</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Бет</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Таңдау…</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Жоба</translation>
    </message>
    <message>
        <source>Episode</source>
        <translation>Серия</translation>
    </message>
    <message>
        <source>Director</source>
        <translation>Режиссёр</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Нұсқа</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Жоғарғы колонтитул</translation>
    </message>
    <message>
        <source>Footer</source>
        <translation>Төменгі колонтитул</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>Су таңбасы</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Логотип</translation>
    </message>
    <message>
        <source>left</source>
        <translation>сол жақта</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>ортада</translation>
    </message>
    <message>
        <source>right</source>
        <translation>оң жақта</translation>
    </message>
    <message>
        <source>Open a layout</source>
        <translation>Макетті ашу</translation>
    </message>
    <message>
        <source>Save the layout</source>
        <translation>Макетті сақтау</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>Жазылды: {0}</translation>
    </message>
    <message>
        <source>Choose a logo</source>
        <translation>Логотипті таңдау</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Қалыпты</translation>
    </message>
    <message>
        <source>Production: six a page with everything</source>
        <translation>Өндіріс: бетте алтау, бәрімен</translation>
    </message>
    <message>
        <source>Pitch: one large picture a page</source>
        <translation>Таныстыру: бетте бір үлкен сурет</translation>
    </message>
    <message>
        <source>Booklet: upright, words beside</source>
        <translation>Кітапша: тік, сөздер жанында</translation>
    </message>
    <message>
        <source>Thumbnails: thirty a page</source>
        <translation>Нобайлар: бетте отыз</translation>
    </message>
</context>
<context>
    <name>PagePreview</name>
    <message>
        <source>Preview</source>
        <translation>Алдын ала көру</translation>
    </message>
    <message>
        <source>Laying out the pages…</source>
        <translation>Беттер жиналуда…</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>{1} беттің {0}-і</translation>
    </message>
</context>
<context>
    <name>PanelChoice</name>
    <message>
        <source>Panels</source>
        <translation>Кадрлар</translation>
    </message>
    <message>
        <source>All panels</source>
        <translation>Барлық кадр</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Көріністер</translation>
    </message>
    <message>
        <source>Panel numbers</source>
        <translation>Кадр нөмірлері</translation>
    </message>
    <message>
        <source>Selected panels ({0})</source>
        <translation>Таңдалған кадрлар ({0})</translation>
    </message>
    <message>
        <source>Numbers of scenes or panels</source>
        <translation>Көрініс не кадр нөмірлері</translation>
    </message>
    <message>
        <source>Also what is left out of exports ({0})</source>
        <translation>Экспортқа кірмейтіндер де ({0})</translation>
    </message>
</context>
<context>
    <name>PanelDelegate</name>
    <message>
        <source>left out</source>
        <translation>экспортта жоқ</translation>
    </message>
    <message>
        <source>{0} takes</source>
        <translation>{0} дубль</translation>
    </message>
    <message>
        <source>step {0} of {1}</source>
        <translation>{0}-қадам, барлығы {1}</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>басталуда</translation>
    </message>
    <message>
        <source>next</source>
        <translation>келесі</translation>
    </message>
    <message>
        <source>waiting, {0}</source>
        <translation>кезекте, {0}</translation>
    </message>
    <message>
        <source>the last render failed</source>
        <translation>соңғы салу сәтсіз болды</translation>
    </message>
    <message>
        <source>unlike {0}</source>
        <translation>ұқсамайды: {0}</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>әлі салынған жоқ</translation>
    </message>
    <message>
        <source>the picture is missing</source>
        <translation>сурет табылмады</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
</context>
<context>
    <name>PictureEdits</name>
    <message>
        <source>Reading the model…</source>
        <translation>Модель оқылуда…</translation>
    </message>
    <message>
        <source>Waiting…</source>
        <translation>Күтуде…</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>{0}-қадам, барлығы {1}</translation>
    </message>
    <message>
        <source>{0}: the picture is changed. Undo shows the one before.</source>
        <translation>{0}: сурет өзгертілді. Болдырмау алдыңғысын көрсетеді.</translation>
    </message>
    <message>
        <source>{0}: the picture is finished. Undo shows the one before.</source>
        <translation>{0}: сурет толықтырылды. Болдырмау бұрынғысын көрсетеді.</translation>
    </message>
</context>
<context>
    <name>PictureForm</name>
    <message>
        <source>Pictures</source>
        <translation>Суреттер</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Сапасы</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>Файл атаулары</translation>
    </message>
</context>
<context>
    <name>PictureImport</name>
    <message>
        <source>Add picture</source>
        <translation>Сурет қосуды</translation>
    </message>
    <message>
        <source>{0} is a take of this panel now.</source>
        <translation>{0} енді осы кадрдың дублі.</translation>
    </message>
    <message>
        <source>It fills the frame, {0} % of it are cut off; the whole picture is kept in the board&apos;s folder.</source>
        <translation>Сурет кадрды толтырады, {0} % қиылды; толық сурет раскадровка қалтасында сақталады.</translation>
    </message>
</context>
<context>
    <name>PlanControl</name>
    <message>
        <source>The board shows this story already.</source>
        <translation>Раскадровка бұл мәтінге сай келеді.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Кадрларға бөлуді</translation>
    </message>
    <message>
        <source>{0} was saved: shall the board follow the story?</source>
        <translation>{0} сақталды. Раскадровка мәтінге сай жаңартылсын ба?</translation>
    </message>
    <message>
        <source>Show Changes</source>
        <translation>Өзгерістерді көрсету</translation>
    </message>
</context>
<context>
    <name>PlannerField</name>
    <message>
        <source>rules, without any server</source>
        <translation>ережелер, серверсіз</translation>
    </message>
    <message>
        <source>a language model on this machine</source>
        <translation>осы компьютердегі тілдік модель</translation>
    </message>
    <message>
        <source>rules, and a language model for unknown words</source>
        <translation>ережелер, ал бейтаныс репликаларді тілдік модель аударады</translation>
    </message>
    <message>
        <source>Address of the Language Model</source>
        <translation>Тіл моделінің мекенжайы</translation>
    </message>
    <message>
        <source>found by itself, or for example {0}</source>
        <translation>өзі табылады немесе мысалы {0}</translation>
    </message>
</context>
<context>
    <name>Playback</name>
    <message>
        <source>No device for sound was found here: the board plays without it.</source>
        <translation>Мұнда дыбыс құрылғысы табылмады: раскадровка дыбыссыз жүреді.</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>Баптаулар</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Тіл</translation>
    </message>
    <message>
        <source>the one that the system opens pictures with</source>
        <translation>жүйе суреттерді ашатын бағдарлама</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Хабар</translation>
    </message>
    <message>
        <source>Saved for all boards, and used for the open one at once. A board&apos;s own settings, the environment and a picked mode win over what is saved here.</source>
        <translation>Барлық раскадровка үшін сақталады, ашық тұрғанына бірден қолданылады. Раскадровканың өз баптаулары, орта айнымалылары мен таңдалған режим мұнда сақталғаннан басым.</translation>
    </message>
    <message>
        <source>from the next start on</source>
        <translation>келесі іске қосқаннан бастап</translation>
    </message>
    <message>
        <source>for example {0}</source>
        <translation>мысалы, {0}</translation>
    </message>
    <message>
        <source>Program for Pictures</source>
        <translation>Суреттерге арналған бағдарлама</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>автоматты</translation>
    </message>
    <message>
        <source>on</source>
        <translation>қосулы</translation>
    </message>
    <message>
        <source>off</source>
        <translation>өшірулі</translation>
    </message>
</context>
<context>
    <name>PromptPreview</name>
    <message>
        <source>The prompt is shown once the model is here: draw a panel.</source>
        <translation>Сұрау модель келгенде көрінеді: бір кадр салыңыз.</translation>
    </message>
</context>
<context>
    <name>PromptView</name>
    <message>
        <source>Enhanced prompt</source>
        <translation>Кеңейтілген сұрау</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Теріс сұрау</translation>
    </message>
    <message>
        <source>Left out of the prompt</source>
        <translation>Сұрауға кірмегені</translation>
    </message>
    <message>
        <source>Left out, because the window is full: {0}</source>
        <translation>Терезе толғандықтан кірмеді: {0}</translation>
    </message>
    <message>
        <source>left out:{0}</source>
        <translation>кірмегені:{0}</translation>
    </message>
</context>
<context>
    <name>ReferencesView</name>
    <message>
        <source>Reference pictures</source>
        <translation>Үлгілер</translation>
    </message>
    <message>
        <source>Drop pictures here, or paste one</source>
        <translation>Суреттерді осында сүйреңіз не алмасу буферінен қойыңыз</translation>
    </message>
    <message>
        <source>Reference picture {0}</source>
        <translation>Үлгі: {0}</translation>
    </message>
</context>
<context>
    <name>RenderControl</name>
    <message>
        <source>Every panel has its picture.</source>
        <translation>Барлық кадрдың суреті бар.</translation>
    </message>
    <message>
        <source>Draw all again</source>
        <translation>Бәрін қайта салу</translation>
    </message>
    <message>
        <source>Every picture has the shape of the board&apos;s frame.</source>
        <translation>Барлық сурет кадр форматында.</translation>
    </message>
    <message>
        <source>Pictures of another shape: {0}. They stay as they are until then.</source>
        <translation>Басқа форматты сурет: {0}. Қайта салынғанша сол күйі қалады.</translation>
    </message>
    <message>
        <source>Draw again</source>
        <translation>Қайта салу</translation>
    </message>
    <message>
        <source>Plan a story first: a sheet needs a board.</source>
        <translation>Алдымен оқиғаны кадрларға бөліңіз: кейіпкер парағына раскадровка керек.</translation>
    </message>
    <message>
        <source>Panels without a picture: {0}. Everything drawn before is here.</source>
        <translation>Суретсіз кадр: {0}. Бұрын салынғанның бәрі орнында.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Жалғастыру</translation>
    </message>
    <message>
        <source>These panels are waiting to be drawn already.</source>
        <translation>Бұл кадрлар салуды күтіп тұр.</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Жаңа дәнді</translation>
    </message>
    <message>
        <source>Panels that have changed since they were drawn: {0}.</source>
        <translation>Салынғаннан кейін өзгерген кадрлар: {0}.</translation>
    </message>
    <message>
        <source>Draw Changed</source>
        <translation>Өзгергендерін салу</translation>
    </message>
    <message>
        <source>Not drawn: {0}. {1}</source>
        <translation>Салынбады: {0}. {1}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Қайталап көру</translation>
    </message>
    <message>
        <source>Stopped before the first panel was done.</source>
        <translation>Бірінші кадр дайын болғанша тоқтатылды.</translation>
    </message>
    <message>
        <source>{0} Draw in a smaller frame, {1} by {2} pixels?</source>
        <translation>{0} Кішірек кадрда, {1} × {2} пиксель етіп салу керек пе?</translation>
    </message>
    <message>
        <source>Draw smaller</source>
        <translation>Кішірек салу</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Қалдыру</translation>
    </message>
    <message>
        <source>The model {0} is not on this machine, and only this board asks for it. Download it? It can be several gigabytes.</source>
        <translation>{0} моделі бұл компьютерде жоқ, оны тек осы раскадровка сұрап тұр. Жүктеу керек пе? Бірнеше гигабайт болуы мүмкін.</translation>
    </message>
    <message>
        <source>Download and draw</source>
        <translation>Жүктеп, салу</translation>
    </message>
</context>
<context>
    <name>RenderSession</name>
    <message>
        <source>no character sheet is needed: the identity lock is off, its scale is 0, or the model has no adapter</source>
        <translation>кейіпкер парағы қажет емес: келбетті сақтау өшірулі, оның күші 0 немесе модельде адаптер жоқ</translation>
    </message>
    <message>
        <source>The render broke off. What is finished is safe: draw the rest.</source>
        <translation>Салу үзілді. Дайыны сақталды: қалғанын салыңыз.</translation>
    </message>
</context>
<context>
    <name>Returns</name>
    <message>
        <source>Open the board first that {0} belongs to.</source>
        <translation>Алдымен {0} тиесілі раскадровканы ашыңыз.</translation>
    </message>
    <message>
        <source>An EDL does not say its rate. How many frames a second does the cut have?</source>
        <translation>EDL жиілігін көрсетпейді. Бұл монтажда секундына неше кадр?</translation>
    </message>
    <message>
        <source>The board says the same already.</source>
        <translation>Раскадровкада онсыз да солай.</translation>
    </message>
    <message>
        <source>What {0} changes</source>
        <translation>{0} нені өзгертеді</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импорттау</translation>
    </message>
    <message>
        <source>Reading {0}…</source>
        <translation>{0} оқылуда…</translation>
    </message>
</context>
<context>
    <name>ShotForm</name>
    <message>
        <source>Name: words, one line each</source>
        <translation>Аты: сөзі, әр репликаға бір жол</translation>
    </message>
    <message>
        <source> s</source>
        <translation> с</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Бекіту</translation>
    </message>
    <message>
        <source>Lock the seed of this panel</source>
        <translation>Осы кадрдың дәнін бекіту</translation>
    </message>
    <message>
        <source>Locked: drawing the panel again uses this seed, and so gives the same picture. Not locked: every further take gets another seed.</source>
        <translation>Бекітілсе: кадр қайта салынғанда сол дән алынып, дәл сол сурет шығады. Бекітілмесе: әр жаңа дубль басқа дән алады.</translation>
    </message>
    <message>
        <source>Follow the action again</source>
        <translation>Әрекет бойынша</translation>
    </message>
    <message>
        <source>Leave out of exports</source>
        <translation>Экспортқа қоспау</translation>
    </message>
    <message>
        <source>Written by hand</source>
        <translation>Қолмен</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Дән</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Әрекет</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>Ағылшынша</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Репликалар</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>План</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Ракурс</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>Кейіпкерлер</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Орын</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Тәулік уақыты</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Сахна</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Ұзақтығы</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ескертпе</translation>
    </message>
</context>
<context>
    <name>ShotInspector</name>
    <message>
        <source>Shot</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>Select a panel on the board to see its shot.</source>
        <translation>Кадр сипаттамасын көру үшін раскадровкадан кадр таңдаңыз.</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Дубльдер</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Сұрау</translation>
    </message>
    <message>
        <source>{0} panels: what you change here, you change in all of them</source>
        <translation>{0} кадр: мұндағы өзгеріс бәріне қолданылады</translation>
    </message>
    <message>
        <source>Add to the cast</source>
        <translation>Кейіпкерлерге қосуды</translation>
    </message>
    <message>
        <source>Edit {0} panels</source>
        <translation>{0} кадрды өңдеуді</translation>
    </message>
    <message>
        <source>Edit panel {0}</source>
        <translation>{0}-кадрды өңдеуді</translation>
    </message>
    <message>
        <source>Pin take</source>
        <translation>Дубльді бекітуді</translation>
    </message>
    <message>
        <source>Show newest take</source>
        <translation>Жаңа дубльді көрсетуді</translation>
    </message>
</context>
<context>
    <name>Slideshow</name>
    <message>
        <source>Slideshow</source>
        <translation>Слайд көрсету</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>әлі салынған жоқ</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
</context>
<context>
    <name>SoundControl</name>
    <message>
        <source>Another Sound…</source>
        <translation>Басқа дыбыс…</translation>
    </message>
    <message>
        <source>Add Sound…</source>
        <translation>Дыбыс қосу…</translation>
    </message>
    <message>
        <source>Speak the Dialogue</source>
        <translation>Диалогты дауыстау</translation>
    </message>
    <message>
        <source>Level…</source>
        <translation>Дыбыс деңгейі…</translation>
    </message>
    <message>
        <source>Remove Sound</source>
        <translation>Дыбысты алып тастау</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>{0} алып тастау</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Дыбыс жазбалары</translation>
    </message>
    <message>
        <source>Add Sound</source>
        <translation>Дыбыс қосу</translation>
    </message>
    <message>
        <source>Add sound</source>
        <translation>Дыбыс қосу</translation>
    </message>
    <message>
        <source>dialogue, spoken</source>
        <translation>диалог, дауысталған</translation>
    </message>
    <message>
        <source>Speak the dialogue</source>
        <translation>Диалогты дауыстау</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Дыбыс деңгейі</translation>
    </message>
    <message>
        <source>Decibels louder, or softer with a minus; 0 is as it was recorded:</source>
        <translation>Децибелге қаттырақ, минуспен бәсеңірек; 0 — жазылғандай:</translation>
    </message>
    <message>
        <source>Change the level</source>
        <translation>Дыбыс деңгейін өзгерту</translation>
    </message>
    <message>
        <source>Remove sound</source>
        <translation>Дыбысты алып тастау</translation>
    </message>
    <message>
        <source>{0} is the board&apos;s soundtrack now: {1} s.</source>
        <translation>{0} енді раскадровканың дыбыс жолы: {1} с.</translation>
    </message>
    <message>
        <source>{0} is heard with this panel now: {1} s.</source>
        <translation>{0} енді осы кадрмен бірге естіледі: {1} с.</translation>
    </message>
    <message>
        <source>{0} takes {1} s, and the panel stays {2} s: the rest is not heard.</source>
        <translation>{0} {1} с созылады, ал кадр {2} с тұрады: қалғаны естілмейді.</translation>
    </message>
    <message>
        <source>Let It Stay That Long</source>
        <translation>Кадр сонша тұрсын</translation>
    </message>
    <message>
        <source>Change duration</source>
        <translation>Ұзақтығын өзгерту</translation>
    </message>
</context>
<context>
    <name>SoundDrop</name>
    <message>
        <source>Sound of panel {0}</source>
        <translation>{0}-кадрдың дыбысы</translation>
    </message>
    <message>
        <source>Soundtrack of the board</source>
        <translation>Раскадровканың дыбыс жолы</translation>
    </message>
</context>
<context>
    <name>SpeedBar</name>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Жұмыс барысы</translation>
    </message>
    <message>
        <source>Render status</source>
        <translation>Салу күйі</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>Бастапқы модель</translation>
    </message>
    <message>
        <source>{0} (download)</source>
        <translation>{0} (жүктеу)</translation>
    </message>
    <message>
        <source>Model folder…</source>
        <translation>Модель қалтасы…</translation>
    </message>
    <message>
        <source>Checkpoint file…</source>
        <translation>Модель файлы…</translation>
    </message>
    <message>
        <source>changed panels: {0}</source>
        <translation>өзгерген кадр: {0}</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Модель қалтасы</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Модель файлы</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors)</source>
        <translation>Модель файлдары (*.safetensors)</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>модель жүктелуде</translation>
    </message>
    <message>
        <source>pausing after this panel</source>
        <translation>осы кадрдан кейін кідіреді</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>тоқтауда</translation>
    </message>
    <message>
        <source>preparing {0}’s reference</source>
        <translation>үлгі дайындалуда: {0}</translation>
    </message>
    <message>
        <source>panel {0} of {1}</source>
        <translation>{0}-кадр, барлығы {1}</translation>
    </message>
    <message>
        <source>, about {0} left</source>
        <translation>, шамамен {0} қалды</translation>
    </message>
</context>
<context>
    <name>SpeedPlot</name>
    <message>
        <source>Iterations per second</source>
        <translation>Секундына қадам</translation>
    </message>
    <message>
        <source>Nothing has been drawn yet.</source>
        <translation>Әзірге сурет жоқ.</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Picture</source>
        <translation>Сурет</translation>
    </message>
    <message>
        <source>Picture to compare with</source>
        <translation>Салыстыратын сурет</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>Перде</translation>
    </message>
    <message>
        <source>no other take</source>
        <translation>басқа дубль жоқ</translation>
    </message>
</context>
<context>
    <name>StageBar</name>
    <message>
        <source>The last panel’s time</source>
        <translation>Соңғы кадрдың уақыты</translation>
    </message>
    <message>
        <source>Time by stage</source>
        <translation>Кезеңдер уақыты</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
</context>
<context>
    <name>StoryView</name>
    <message>
        <source>Title</source>
        <translation>Атауы</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>Оқиға</translation>
    </message>
    <message>
        <source>Write or paste a story here, or drop a text file. Then press Plan.</source>
        <translation>Оқиғаны осында жазыңыз, қойыңыз немесе мәтін файлын сүйреп әкеліңіз. Содан кейін «Кадрларға бөлу» түймесін басыңыз.</translation>
    </message>
    <message>
        <source>Language and length</source>
        <translation>Тілі мен ұзындығы</translation>
    </message>
    <message>
        <source>Number of panels</source>
        <translation>Кадр саны</translation>
    </message>
    <message>
        <source>Frame, width to height</source>
        <translation>Кадр, ені мен биіктігі</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Кадрларға бөлу</translation>
    </message>
    <message>
        <source>Turn the story into shots at once, without drawing</source>
        <translation>Оқиғаны салмай-ақ бірден кадрларға айналдыру</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Мәтінді өзгертуді</translation>
    </message>
    <message>
        <source>Change title</source>
        <translation>Атауын өзгертуді</translation>
    </message>
    <message>
        <source>English</source>
        <translation>ағылшын</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>орыс</translation>
    </message>
    <message>
        <source>Kazakh</source>
        <translation>қазақ</translation>
    </message>
    <message>
        <source>words: {0}</source>
        <translation>{0} сөз</translation>
    </message>
    <message>
        <source>Change frame</source>
        <translation>Форматын өзгертуді</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Кадр</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Timeline</source>
        <translation>Уақыт шкаласы</translation>
    </message>
    <message>
        <source>Scene {0}  ·  {1}</source>
        <translation>{0}-көрініс  ·  {1}</translation>
    </message>
    <message>
        <source>Panel {0}, {1}: {2}</source>
        <translation>{0}-кадр, {1}: {2}</translation>
    </message>
</context>
<context>
    <name>TakesStrip</name>
    <message>
        <source>Takes of this panel</source>
        <translation>Осы кадрдың дубльдері</translation>
    </message>
    <message>
        <source>Enter or a double click shows a take on the board</source>
        <translation>Enter не қос шерту дубльді раскадровкада көрсетеді</translation>
    </message>
    <message>
        <source>take {0}, own</source>
        <translation>{0}-дубль, өз суреті</translation>
    </message>
    <message>
        <source>take {0}</source>
        <translation>{0}-дубль</translation>
    </message>
    <message>
        <source>take {0}, clip</source>
        <translation>дубль {0}, клип</translation>
    </message>
    <message>
        <source>{0}, on the board</source>
        <translation>{0}, раскадровкада</translation>
    </message>
</context>
<context>
    <name>TakesView</name>
    <message>
        <source>Takes</source>
        <translation>Дубльдер</translation>
    </message>
    <message>
        <source>Pin this take</source>
        <translation>Дубльді бекіту</translation>
    </message>
    <message>
        <source>Show the newest</source>
        <translation>Жаңасын көрсету</translation>
    </message>
    <message>
        <source>No take yet.</source>
        <translation>Әзірге дубль жоқ.</translation>
    </message>
    <message>
        <source>About this take</source>
        <translation>Осы дубль туралы</translation>
    </message>
    <message>
        <source>Best of…</source>
        <translation>Үздігі…</translation>
    </message>
    <message>
        <source>Draw so many takes, each with a seed of its own, keep them all, and show the one that is best by likeness and prompt together</source>
        <translation>Әрқайсысы өз дәнімен сонша дубль салып, бәрін сақтау және ұқсастығы мен сұрауға сәйкестігі бойынша ең жақсысын көрсету</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>Басқа нұсқа</translation>
    </message>
    <message>
        <source>Draw this panel again with another seed</source>
        <translation>Кадрды басқа дәнмен қайта салу</translation>
    </message>
    <message>
        <source>take {0}</source>
        <translation>{0}-дубль</translation>
    </message>
    <message>
        <source>(pinned)</source>
        <translation>(бекітілген)</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>own picture</source>
        <translation>өз суреті</translation>
    </message>
    <message>
        <source>seed {0}</source>
        <translation>дән {0}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Ойнату</translation>
    </message>
    <message>
        <source>Add Marker (M)</source>
        <translation>Маркер қосу (M)</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Жақындату</translation>
    </message>
    <message>
        <source>See more</source>
        <translation>Алыстату</translation>
    </message>
    <message>
        <source>See the whole board</source>
        <translation>Бүкіл раскадровканы көрсету</translation>
    </message>
    <message>
        <source>Unit of time</source>
        <translation>Уақыт бірлігі</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>секунд</translation>
    </message>
    <message>
        <source>frames, {0} a second</source>
        <translation>кадр, секундына {0}</translation>
    </message>
    <message>
        <source>Change duration</source>
        <translation>Ұзақтығын өзгерту</translation>
    </message>
</context>
<context>
    <name>TokenMeter</name>
    <message>
        <source>{0} of {1} tokens</source>
        <translation>токен: {0} / {1}</translation>
    </message>
</context>
<context>
    <name>TraitsTable</name>
    <message>
        <source>Traits, in the order of the prompt</source>
        <translation>Белгілер, сұраудағы ретімен</translation>
    </message>
    <message>
        <source>Trait</source>
        <translation>Белгі</translation>
    </message>
    <message>
        <source>Words, in English</source>
        <translation>Ағылшынша</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Қосу</translation>
    </message>
    <message>
        <source>Add a trait</source>
        <translation>Белгі қосу</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Жою</translation>
    </message>
    <message>
        <source>Remove this trait</source>
        <translation>Осы белгіні алып тастау</translation>
    </message>
    <message>
        <source>Move this trait up</source>
        <translation>Осы белгіні жоғары жылжыту</translation>
    </message>
    <message>
        <source>Move this trait down</source>
        <translation>Осы белгіні төмен жылжыту</translation>
    </message>
</context>
<context>
    <name>Unsaved</name>
    <message>
        <source>Panels are being drawn; still to come: {0}. Leaving this board stops that. What is finished is kept.</source>
        <translation>Кадрлар салынуда, қалғаны: {0}. Бұл раскадровкадан шықсаңыз, салу тоқтайды. Дайыны сақталады.</translation>
    </message>
    <message>
        <source>Stop and leave</source>
        <translation>Тоқтатып, шығу</translation>
    </message>
    <message>
        <source>Go on drawing</source>
        <translation>Салуды жалғастыру</translation>
    </message>
    <message>
        <source>The disk refuses this board: closing it loses what was changed since.</source>
        <translation>Диск бұл раскадровканы қабылдамайды: жапсаңыз, соңғы өзгерістер жоғалады.</translation>
    </message>
    <message>
        <source>Close it all the same</source>
        <translation>Бәрібір жабу</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Viewer</source>
        <translation>Қарау</translation>
    </message>
    <message>
        <source>Panel {0} of {1}</source>
        <translation>{0}-кадр, барлығы {1}</translation>
    </message>
    <message>
        <source>, take {0} of {1}</source>
        <translation>, {0}-дубль, барлығы {1}</translation>
    </message>
    <message>
        <source>, made from take {0}</source>
        <translation>, {0}-дубльден жасалған</translation>
    </message>
    <message>
        <source>the picture is missing</source>
        <translation>сурет табылмады</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>әлі салынған жоқ</translation>
    </message>
    <message>
        <source>Pin take</source>
        <translation>Дубльді бекітуді</translation>
    </message>
    <message>
        <source>Mark {0} of {1}</source>
        <translation>{0}-белгі, барлығы {1}</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
</context>
<context>
    <name>ViewerActions</name>
    <message>
        <source>Back to the Board</source>
        <translation>Раскадровкаға</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Escape</translation>
    </message>
    <message>
        <source>Previous panel (Left)</source>
        <translation>Алдыңғы кадр (сол жақ көрсеткі)</translation>
    </message>
    <message>
        <source>Next panel (Right)</source>
        <translation>Келесі кадр (оң жақ көрсеткі)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Сыйғызу</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Show on the Board</source>
        <translation>Раскадровкада көрсету</translation>
    </message>
    <message>
        <source>Add Picture…</source>
        <translation>Сурет қосу…</translation>
    </message>
    <message>
        <source>Paste Picture</source>
        <translation>Суретті қою</translation>
    </message>
    <message>
        <source>Open in Another Program</source>
        <translation>Басқа бағдарламада ашу</translation>
    </message>
    <message>
        <source>Choose the Program…</source>
        <translation>Бағдарламаны таңдау…</translation>
    </message>
    <message>
        <source>Erase Selected</source>
        <translation>Таңдалғанды өшіру</translation>
    </message>
    <message>
        <source>Select Next Mark</source>
        <translation>Келесі белгі</translation>
    </message>
    <message>
        <source>Select Previous Mark</source>
        <translation>Алдыңғы белгі</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Таңдау</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>Көрсеткі</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>Қалам</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ескертпе</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Өшіргіш</translation>
    </message>
    <message>
        <source>Rectangle to Edit</source>
        <translation>Түзетуге арналған тіктөртбұрыш</translation>
    </message>
    <message>
        <source>One Take</source>
        <translation>Бір дубль</translation>
    </message>
    <message>
        <source>Two Side by Side</source>
        <translation>Екеуі қатар</translation>
    </message>
    <message>
        <source>Wipe Between Two</source>
        <translation>Перде</translation>
    </message>
    <message>
        <source>Thirds</source>
        <translation>Үштік тор</translation>
    </message>
    <message>
        <source>Action and Title Safe</source>
        <translation>Қауіпсіз аймақтар</translation>
    </message>
    <message>
        <source>No Mask</source>
        <translation>Кашесіз</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>Торлар</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Сурет</translation>
    </message>
</context>
<context>
    <name>ViewerBars</name>
    <message>
        <source>Place</source>
        <translation>Қай жерде</translation>
    </message>
    <message>
        <source>Size of the picture</source>
        <translation>Сурет өлшемі</translation>
    </message>
    <message>
        <source>Take to compare with</source>
        <translation>Салыстыратын дубль</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Түс</translation>
    </message>
    <message>
        <source>Width of lines, size of notes</source>
        <translation>Сызық жуандығы, ескертпе өлшемі</translation>
    </message>
    <message>
        <source>Panel and takes</source>
        <translation>Кадр мен дубльдер</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Сурет үстіне салу</translation>
    </message>
    <message>
        <source>take {0}</source>
        <translation>{0}-дубль</translation>
    </message>
    <message>
        <source>red</source>
        <translation>қызыл</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>сары</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>көк</translation>
    </message>
    <message>
        <source>green</source>
        <translation>жасыл</translation>
    </message>
    <message>
        <source>white</source>
        <translation>ақ</translation>
    </message>
    <message>
        <source>black</source>
        <translation>қара</translation>
    </message>
    <message>
        <source>thin</source>
        <translation>жіңішке</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>орташа</translation>
    </message>
    <message>
        <source>thick</source>
        <translation>жуан</translation>
    </message>
</context>
<context>
    <name>_Cells</name>
    <message>
        <source>Trait</source>
        <translation>Белгі</translation>
    </message>
    <message>
        <source>Words of the trait</source>
        <translation>Белгінің сөздері</translation>
    </message>
</context>
<context>
    <name>_Written</name>
    <message>
        <source>several values</source>
        <translation>әртүрлі мәндер</translation>
    </message>
</context>
<context>
    <name>agreement</name>
    <message>
        <source>{0}: like the reference</source>
        <translation>{0}: үлгіге ұқсайды</translation>
    </message>
    <message>
        <source>{0}: less like the reference than usual here</source>
        <translation>{0}: үлгіге мұндағы әдеттегіден аз ұқсайды</translation>
    </message>
    <message>
        <source>{0}: not like the reference</source>
        <translation>{0}: үлгіге ұқсамайды</translation>
    </message>
    <message>
        <source>likeness of {0} {1}</source>
        <translation>ұқсастық, {0}: {1}</translation>
    </message>
    <message>
        <source>prompt {0}</source>
        <translation>сұрау: {0}</translation>
    </message>
</context>
<context>
    <name>changed</name>
    <message>
        <source>older take</source>
        <translation>ескі дубль</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>өзгерген</translation>
    </message>
    <message>
        <source>an older take is chosen than the one of these words</source>
        <translation>осы сөздерге сай дубльден ескірегі таңдалған</translation>
    </message>
    <message>
        <source>changed since it was drawn</source>
        <translation>салынғаннан кейін өзгерген</translation>
    </message>
</context>
<context>
    <name>duration</name>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} мин</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} сағ {1} мин</translation>
    </message>
</context>
<context>
    <name>error</name>
    <message>
        <source>{name} is no shot list: its first row must have the columns that the export as a shot list in CSV writes, panel and another one at least</source>
        <translation>{name} пландар тізімі емес: бірінші жолында CSV пландар тізімі экспорты жазатын бағандар болуы керек, кемінде panel және тағы біреуі</translation>
    </message>
    <message>
        <source>no language model answers on this machine (looked at the ports {ports}): start LM Studio, Ollama or another server, or choose the rules in the preferences</source>
        <translation>бұл компьютерде бірде-бір тілдік модель жауап бермейді (тексерілген порттар: {ports}): LM Studio, Ollama не басқа серверді іске қосыңыз немесе баптауларда ережелерді таңдаңыз</translation>
    </message>
    <message>
        <source>the planner&apos;s address {address} is not on this machine, and only a setting names it: choose another planner in the preferences</source>
        <translation>{address} мекенжайы бұл компьютерде емес және оны тек баптау атайды: баптауларда басқа бөлуді таңдаңыз</translation>
    </message>
    <message>
        <source>this system has no voice to speak the dialogue with: install espeak-ng, or let the dialogue be silent</source>
        <translation>жүйеде репликаларды айтатын дауыс жоқ: espeak-ng орнатыңыз немесе репликаларды дыбыссыз қалдырыңыз</translation>
    </message>
    <message>
        <source>{program} could not speak a line: let the dialogue be silent</source>
        <translation>{program} репликаны айта алмады: репликаларды дыбыссыз қалдырыңыз</translation>
    </message>
    <message>
        <source>the model {name} is not on this machine, and only this board asks for it: press Draw, and you are asked before it is downloaded</source>
        <translation>{name} моделі бұл компьютерде жоқ, оны тек осы раскадровка сұрап тұр: салу түймесін басыңыз, жүктер алдында сізден сұралады</translation>
    </message>
    <message>
        <source>{record} is missing: the board can be rebuilt from its pictures</source>
        <translation>{record} жоқ: раскадровканы суреттерінен қалпына келтіруге болады</translation>
    </message>
    <message>
        <source>{error}; mend it there, or rebuild the board from its pictures</source>
        <translation>{error}; сол жерде түзетіңіз немесе раскадровканы суреттерінен қалпына келтіріңіз</translation>
    </message>
    <message>
        <source>{places} is not for a board to say: remove it there, and set it in the preferences</source>
        <translation>{places}: мұны раскадровка шеше алмайды; сол жерден алып тастап, баптауларда көрсетіңіз</translation>
    </message>
    <message>
        <source>panel {panel} came out as no picture (NaN) on {device} {dtype}, {count} times, with the last seed too: try another model</source>
        <translation>{panel} кадры {device} {dtype} құрылғысында сурет болып шықпады (NaN), талпыныс саны: {count}, соңғы дәнмен де: басқа модельді байқап көріңіз</translation>
    </message>
    <message>
        <source>{path} is there already, and was not written by Storyboard or was changed since: choose another name, or remove it first</source>
        <translation>{path} бар, оны Storyboard жазбаған немесе ол содан бері өзгертілген: басқа атау таңдаңыз немесе алдымен оны алып тастаңыз</translation>
    </message>
    <message>
        <source>{argument} does not exist: check the path of the story</source>
        <translation>{argument} жоқ: оқиғаның жолын тексеріңіз</translation>
    </message>
    <message>
        <source>{panels} holds pictures that the board does not know ({first}{others}); they stay there</source>
        <translation>{panels} ішінде раскадровка білмейтін суреттер бар ({first}{others}); олар сол жерде қалады</translation>
    </message>
    <message>
        <source>{doing} ran out of memory: close other programs, or draw a smaller frame; finished panels are kept</source>
        <translation>{doing}: жад жетпеді; басқа бағдарламаларды жабыңыз немесе кішірек кадрда салыңыз; дайын кадрлар сақталды</translation>
    </message>
    <message>
        <source>draw it at {width}x{height}, or {cure}</source>
        <translation>оны {width}x{height} өлшемінде салыңыз немесе {cure}</translation>
    </message>
    <message>
        <source>an MP4 needs the program ffmpeg: install it (on macOS: brew install ffmpeg), or choose QuickTime, GIF or WebP, which need nothing</source>
        <translation>MP4 үшін ffmpeg бағдарламасы керек: орнатыңыз (macOS-та: brew install ffmpeg) немесе ештеңе керек етпейтін QuickTime, GIF не WebP таңдаңыз</translation>
    </message>
    <message>
        <source>{program} has no encoder for MP4 that works here: install another build, or choose QuickTime, GIF or WebP</source>
        <translation>{program} ішінде мұнда жұмыс істейтін MP4 кодтаушысы жоқ: басқа жинағын орнатыңыз немесе QuickTime, GIF не WebP таңдаңыз</translation>
    </message>
    <message>
        <source>the film would have more than {most_pictures} pictures: choose MP4 or QuickTime</source>
        <translation>фильмде {most_pictures} суреттен көп болар еді: MP4 немесе QuickTime таңдаңыз</translation>
    </message>
    <message>
        <source>the film would be longer than {longest} hours: shorten the board</source>
        <translation>фильм {longest} сағаттан ұзақ болар еді: раскадровканы қысқартыңыз</translation>
    </message>
    <message>
        <source>{name} of panel {row} is too long for a spreadsheet&apos;s cell, which holds {longest_cell} letters: choose the shot list as CSV</source>
        <translation>{row}-кадрдың {name} мәтіні кестенің {longest_cell} әріптік ұяшығына сыймайды: кадрлар тізімін CSV түрінде таңдаңыз</translation>
    </message>
    <message>
        <source>install Storyboard again</source>
        <translation>Storyboard қайта орнатыңыз</translation>
    </message>
    <message>
        <source>no schedule of {steps} steps was measured for this model: choose another schedule</source>
        <translation>бұл модель үшін {steps} қадамдық кесте өлшенбеген: басқасын таңдаңыз</translation>
    </message>
    <message>
        <source>no model is named that lets pictures move: name one in the preferences, such as {known}</source>
        <translation>кадрларды қозғалтатын модель аталмаған: баптауларда атаңыз, мысалы {known}</translation>
    </message>
    <message>
        <source>cannot write {path}: {reason}</source>
        <translation>{path} жазылмайды: {reason}</translation>
    </message>
    <message>
        <source>cannot read {path}: {reason}</source>
        <translation>{path} оқылмайды: {reason}</translation>
    </message>
    <message>
        <source>cannot move {path}: {reason}</source>
        <translation>{path} жылжытылмайды: {reason}</translation>
    </message>
    <message>
        <source>cannot open {folder}: {reason}</source>
        <translation>{folder} ашылмайды: {reason}</translation>
    </message>
    <message>
        <source>cannot make the folder {path}: {reason}</source>
        <translation>{path} қалтасы жасалмайды: {reason}</translation>
    </message>
    <message>
        <source>the disk is full: free some space</source>
        <translation>диск толған: орын босатыңыз</translation>
    </message>
    <message>
        <source>the disk quota is used up: free some space</source>
        <translation>дискідегі квота таусылған: орын босатыңыз</translation>
    </message>
    <message>
        <source>the disk is read-only: choose another folder</source>
        <translation>диск тек оқуға арналған: басқа қалтаны таңдаңыз</translation>
    </message>
    <message>
        <source>no permission: choose another folder, or change its permissions</source>
        <translation>рұқсат жоқ: басқа қалтаны таңдаңыз немесе оның рұқсаттарын өзгертіңіз</translation>
    </message>
    <message>
        <source>a part of the path is a file, not a folder: choose another folder</source>
        <translation>жолдың бір бөлігі — қалта емес, файл: басқа қалтаны таңдаңыз</translation>
    </message>
    <message>
        <source>the folder is gone: was it moved, or a disk unplugged?</source>
        <translation>қалта жоқ: ол жылжытылды ма, әлде диск ажыратылды ма?</translation>
    </message>
    <message>
        <source>the disk reports an error: copy the project to another disk</source>
        <translation>диск қате туралы хабарлайды: жобаны басқа дискіге көшіріңіз</translation>
    </message>
    <message>
        <source>{folder} is already open in {holder}: close it there first</source>
        <translation>{folder} ашық тұр ({holder}): алдымен сол жерде жабыңыз</translation>
    </message>
    <message>
        <source>{folder} is no storyboard project: it holds no {record}</source>
        <translation>{folder} — раскадровка емес: қалтада {record} жоқ</translation>
    </message>
    <message>
        <source>{folder} is a file, not a project folder: check the path</source>
        <translation>{folder} — раскадровка қалтасы емес, файл: жолын тексеріңіз</translation>
    </message>
    <message>
        <source>{folder} does not exist: check the path of the project</source>
        <translation>{folder} жоқ: раскадровканың жолын тексеріңіз</translation>
    </message>
    <message>
        <source>{folder} holds neither a snapshot nor a panel to rebuild the board from</source>
        <translation>{folder}: раскадровканы қалпына келтіретін сақтық көшірме де, кадр да жоқ</translation>
    </message>
    <message>
        <source>{source} has format {version}, made by a newer version of Storyboard; this one reads up to {format}: update Storyboard</source>
        <translation>{source} — {version} форматы, Storyboard бағдарламасының жаңарақ нұсқасынан; бұл нұсқа {format} форматына дейін оқиды: Storyboard жаңартыңыз</translation>
    </message>
    <message>
        <source>{source}{where}: this is not YAML ({problem})</source>
        <translation>{source}{where}: бұл YAML емес ({problem})</translation>
    </message>
    <message>
        <source>{source} is empty: restore it from a snapshot</source>
        <translation>{source}: файл бос, оны сақтық көшірмеден қалпына келтіріңіз</translation>
    </message>
    <message>
        <source>this panel cannot be split: its action is a single word or empty</source>
        <translation>бұл кадрды бөлуге болмайды: оның әрекеті бос немесе бір сөз ғана</translation>
    </message>
    <message>
        <source>a board has at most {max_panels} panels: begin another board</source>
        <translation>раскадровкада ең көбі {max_panels} кадр болады: жаңасын бастаңыз</translation>
    </message>
    <message>
        <source>there is already a character called {name}</source>
        <translation>{name} деген кейіпкер бар</translation>
    </message>
    <message>
        <source>aspect {aspect} is not a frame: write width:height between 1:4 and 4:1, for example 16:9, 2.39:1, 1:1 or 9:16</source>
        <translation>{aspect} — кадр форматы емес: енін:биіктігін 1:4 пен 4:1 аралығында жазыңыз, мысалы 16:9, 2.39:1, 1:1 не 9:16</translation>
    </message>
    <message>
        <source>the story is empty: write at least one sentence</source>
        <translation>оқиға бос: кемінде бір сөйлем жазыңыз</translation>
    </message>
    <message>
        <source>the story has no words: write at least one sentence</source>
        <translation>оқиғада сөз жоқ: кемінде бір сөйлем жазыңыз</translation>
    </message>
    <message>
        <source>{name} is not text: save it as plain text in UTF-8</source>
        <translation>{name} — мәтін емес: UTF-8 форматында жай мәтін етіп сақтаңыз</translation>
    </message>
    <message>
        <source>{source} is not a picture this program reads: use {known}</source>
        <translation>{source} — бағдарлама оқи алатын сурет емес: мынаны алыңыз: {known}</translation>
    </message>
    <message>
        <source>{source} does not exist: check the path of the picture</source>
        <translation>{source} жоқ: суреттің жолын тексеріңіз</translation>
    </message>
    <message>
        <source>{source} is damaged or cut off: open it in an image editor and save it again</source>
        <translation>{source}: сурет бүлінген не кесілген; сурет редакторында ашып, қайта сақтаңыз</translation>
    </message>
    <message>
        <source>{source} is animated or has several pages: save one frame as PNG</source>
        <translation>{source}: суретте бірнеше кадр не бет бар; біреуін PNG етіп сақтаңыз</translation>
    </message>
    <message>
        <source>model {path} does not exist: check the path</source>
        <translation>{path} моделі жоқ: жолын тексеріңіз</translation>
    </message>
    <message>
        <source>model {name} is not on this machine and huggingface.co cannot be reached: connect once to download it, or use the model &apos;starter&apos;</source>
        <translation>{name} моделі бұл компьютерде жоқ, huggingface.co қолжетімсіз: жүктеу үшін бір рет қосылыңыз немесе бастапқы модельді таңдаңыз</translation>
    </message>
    <message>
        <source>{path} is refused: pickled weights can run any program; use a .safetensors file</source>
        <translation>{path} қабылданбайды: pickle форматындағы салмақтар кез келген бағдарламаны іске қоса алады; .safetensors файлын алыңыз</translation>
    </message>
    <message>
        <source>The render process {death}. It is started again; finished panels are safe.</source>
        <translation>Салу процесі {death}. Ол қайта іске қосылады; дайын кадрлар сақталды.</translation>
    </message>
    <message>
        <source>was ended by the system ({signal})</source>
        <translation>жүйе тоқтатты ({signal})</translation>
    </message>
    <message>
        <source>ended unexpectedly (exit code {code})</source>
        <translation>күтпеген жерден аяқталды (код {code})</translation>
    </message>
    <message>
        <source>panel {panel} cannot be drawn</source>
        <translation>{panel} кадры салынбайды</translation>
    </message>
    <message>
        <source>the model cannot be loaded</source>
        <translation>модель жүктелмейді</translation>
    </message>
    <message>
        <source>{failure}: the render process {death}, twice; close other programs or choose a faster mode or a smaller model</source>
        <translation>{failure}: салу процесі {death}, екі рет; басқа бағдарламаларды жабыңыз немесе жылдамырақ режим не кішірек модель таңдаңыз</translation>
    </message>
    <message>
        <source>the disk or share does not answer: connect it again</source>
        <translation>диск не желілік қалта жауап бермейді: қайта қосыңыз</translation>
    </message>
    <message>
        <source>the file system allows no file that large: choose another folder</source>
        <translation>файлдық жүйе мұндай үлкен файлды қабылдамайды: басқа қалтаны таңдаңыз</translation>
    </message>
    <message>
        <source>a file has that name: choose another name</source>
        <translation>мұндай атты файл бар: басқа атау таңдаңыз</translation>
    </message>
    <message>
        <source>a folder has that name: choose another name</source>
        <translation>мұндай атты қалта бар: басқа атау таңдаңыз</translation>
    </message>
    <message>
        <source>the name is too long: choose a shorter one</source>
        <translation>атауы тым ұзын: қысқарақ таңдаңыз</translation>
    </message>
    <message>
        <source>this process has too many files open: close some boards</source>
        <translation>тым көп файл ашық: бірнеше раскадровканы жабыңыз</translation>
    </message>
    <message>
        <source>the machine has too many files open: close some programs</source>
        <translation>компьютерде тым көп файл ашық: басқа бағдарламаларды жабыңыз</translation>
    </message>
    <message>
        <source>the machine has no memory left: close some programs</source>
        <translation>компьютерде жад қалмады: басқа бағдарламаларды жабыңыз</translation>
    </message>
    <message>
        <source>cannot remove {path}: {reason}</source>
        <translation>{path} алынып тасталмайды: {reason}</translation>
    </message>
    <message>
        <source>cannot look at {path}: {reason}</source>
        <translation>{path} қаралмайды: {reason}</translation>
    </message>
    <message>
        <source>{path} cannot be written: {strerror}</source>
        <translation>{path} жазылмайды: {strerror}</translation>
    </message>
    <message>
        <source>another window or command</source>
        <translation>басқа терезе не пәрмен</translation>
    </message>
    <message>
        <source>{folder} already holds a storyboard: open it, or choose another folder</source>
        <translation>{folder}: мұнда раскадровка бар; соны ашыңыз немесе басқа қалтаны таңдаңыз</translation>
    </message>
    <message>
        <source>{folder} is not empty (it holds {foreign}): choose an empty or new folder</source>
        <translation>{folder} — бос емес қалта (ішінде {foreign}): бос не жаңа қалта таңдаңыз</translation>
    </message>
    <message>
        <source>{folder} is a file: choose a folder for the project</source>
        <translation>{folder} — файл: раскадровкаға қалта таңдаңыз</translation>
    </message>
    <message>
        <source>{folder} is no project folder: check the path</source>
        <translation>{folder} — раскадровка қалтасы емес: жолын тексеріңіз</translation>
    </message>
    <message>
        <source>{path} is not a plain file ({strerror}): put a copy there</source>
        <translation>{path} — кәдімгі файл емес ({strerror}): орнына көшірмесін қойыңыз</translation>
    </message>
    <message>
        <source>{path} is not a plain file: put a real copy there, or remove it</source>
        <translation>{path} — кәдімгі файл емес: орнына нақты көшірме қойыңыз немесе алып тастаңыз</translation>
    </message>
    <message>
        <source>{folder} is a link: links could lead out of the project</source>
        <translation>{folder} — сілтеме: сілтемелер раскадровкадан тыс жерге апаруы мүмкін</translation>
    </message>
    <message>
        <source>{path} cannot be made: is {folder} still a folder?</source>
        <translation>{path} жасалмайды: {folder} әлі де қалта ма?</translation>
    </message>
    <message>
        <source>{path} is no plain file of its own: remove it</source>
        <translation>{path} — жеке кәдімгі файл емес: алып тастаңыз</translation>
    </message>
    <message>
        <source>{folder} is being written by another machine all the time: close the project there</source>
        <translation>{folder} файлын басқа компьютер үздіксіз жазып жатыр: раскадровканы сол жерде жабыңыз</translation>
    </message>
    <message>
        <source>it is a link: links could lead out of the project</source>
        <translation>бұл — сілтеме: сілтемелер раскадровкадан тыс жерге апаруы мүмкін</translation>
    </message>
    <message>
        <source>{name} is not in UTF-8: read as {encoding}; save it as UTF-8 if letters are wrong</source>
        <translation>{name} UTF-8 емес: {encoding} ретінде оқылды; әріптер қате болса, файлды UTF-8 түрінде сақтаңыз</translation>
    </message>
    <message>
        <source>{path} is a document of {program}, which only it can read: export it there as Fountain (.fountain) or Final Draft (.fdx)</source>
        <translation>{path} — {program} құжаты, оны тек сол бағдарлама оқиды: оны сонда Fountain (.fountain) немесе Final Draft (.fdx) түрінде экспорттаңыз</translation>
    </message>
    <message>
        <source>new {field}: {text}</source>
        <translation>жаңа ({field}): {text}</translation>
    </message>
    <message>
        <source>your own {field} stays; the story has: {text}</source>
        <translation>сіздікі ({field}) қалады; мәтінде: {text}</translation>
    </message>
    <message>
        <source>your own prompt stays</source>
        <translation>сіздің сұрауыңыз қалады</translation>
    </message>
    <message>
        <source>action</source>
        <translation>әрекет</translation>
    </message>
    <message>
        <source>dialogue</source>
        <translation>репликалар</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>орын</translation>
    </message>
    <message>
        <source>time</source>
        <translation>уақыт</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>кейіпкерлер</translation>
    </message>
    <message>
        <source>note</source>
        <translation>ескертпе</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>секунд</translation>
    </message>
    <message>
        <source>size</source>
        <translation>план</translation>
    </message>
    <message>
        <source>angle</source>
        <translation>ракурс</translation>
    </message>
    <message>
        <source>move</source>
        <translation>камера қозғалысы</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>сұрау</translation>
    </message>
    <message>
        <source>scene</source>
        <translation>көрініс</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>дән</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>экспортқа кірмейді</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>бос</translation>
    </message>
    <message>
        <source>{field} {before} -&gt; {after}</source>
        <translation>{field}: {before} → {after}</translation>
    </message>
    <message>
        <source>{before} s -&gt; {after} s</source>
        <translation>{before} с → {after} с</translation>
    </message>
    <message>
        <source>note: {text}</source>
        <translation>ескертпе: {text}</translation>
    </message>
    <message>
        <source>it is a folder, not a file</source>
        <translation>бұл — файл емес, қалта</translation>
    </message>
    <message>
        <source>it is no plain file</source>
        <translation>бұл кәдімгі файл емес</translation>
    </message>
    <message>
        <source>{source} was cut short, its last line is missing: copy the whole file again</source>
        <translation>{source} үзіліп қалған, соңғы жолы жоқ: файлды қайтадан толық көшіріңіз</translation>
    </message>
    <message>
        <source>{source}, line {line}: this is not UTF-8 text</source>
        <translation>{source}, {line}-жол: бұл UTF-8 мәтіні емес</translation>
    </message>
    <message>
        <source>{source} is larger than {max_bytes} MB: is it the right file?</source>
        <translation>{source} {max_bytes} МБ-тан үлкен: дұрыс файл ма?</translation>
    </message>
    <message>
        <source>{source}: this is not YAML text ({problem})</source>
        <translation>{source}: бұл YAML мәтіні емес ({problem})</translation>
    </message>
    <message>
        <source>{line}: nested or long beyond any storyboard</source>
        <translation>{line}: кез келген раскадровкадан терең не ұзын</translation>
    </message>
    <message>
        <source>{line}: aliases (&amp; and *) are not read; write it out</source>
        <translation>{line}: бүркеншік атаулар (&amp; және *) оқылмайды; толық жазыңыз</translation>
    </message>
    <message>
        <source>{line}: the tag {tag} is not read; remove it</source>
        <translation>{line}: {tag} тегі оқылмайды; алып тастаңыз</translation>
    </message>
    <message>
        <source>{source}, line {line}: {key} {problem}</source>
        <translation>{source}, {line}-жол: {key} {problem}</translation>
    </message>
    <message>
        <source>must be a list of &apos;key: value&apos; lines</source>
        <translation>— мұнда «кілт: мән» жолдарының тізімі керек</translation>
    </message>
    <message>
        <source>must be a list</source>
        <translation>— мұнда тізім керек</translation>
    </message>
    <message>
        <source>must be true or false</source>
        <translation>— мұнда true не false керек</translation>
    </message>
    <message>
        <source>must be a whole number from {low} to {high}</source>
        <translation>— мұнда {low} мен {high} аралығындағы бүтін сан керек</translation>
    </message>
    <message>
        <source>must be a number from {low} to {high}</source>
        <translation>— мұнда {low} мен {high} аралығындағы сан керек</translation>
    </message>
    <message>
        <source>must be one of: {keys}</source>
        <translation>— мұнда мыналардың бірі керек: {keys}</translation>
    </message>
    <message>
        <source>is {number}; it must be from {low} to {high}</source>
        <translation>— {number}, ал керегі {low} мен {high} аралығы</translation>
    </message>
    <message>
        <source>is longer than {limit} characters</source>
        <translation>— рұқсат етілгеннен ұзын, таңба: {limit}</translation>
    </message>
    <message>
        <source>has {count} members; at most {limit} are possible</source>
        <translation>— {count} элемент бар, ең көбі {limit} болады</translation>
    </message>
    <message>
        <source>is there twice; remove one</source>
        <translation>екі рет кездеседі; біреуін алып тастаңыз</translation>
    </message>
    <message>
        <source>lacks the key {name}</source>
        <translation>— {name} кілті жоқ</translation>
    </message>
    <message>
        <source>is not a key of this file; did you mean {near}?</source>
        <translation>— бұл файлда мұндай кілт жоқ; мүмкін, {near}?</translation>
    </message>
    <message>
        <source>is not a key of this file; the keys are {keys}</source>
        <translation>— бұл файлда мұндай кілт жоқ; бар кілттер: {keys}</translation>
    </message>
    <message>
        <source>is empty; a board needs at least one shot</source>
        <translation>— бос; раскадровкада кемінде бір кадр болуы керек</translation>
    </message>
    <message>
        <source>is empty; say what happens in the shot</source>
        <translation>— бос; кадрда не болатынын жазыңыз</translation>
    </message>
    <message>
        <source>must be a colour such as &apos;#d32f2f&apos;</source>
        <translation>— мұнда түс керек, мысалы &apos;#d32f2f&apos;</translation>
    </message>
    <message>
        <source>must be words, without characters that cannot be seen</source>
        <translation>— мұнда көрінбейтін таңбасыз сөздер керек</translation>
    </message>
    <message>
        <source>has a place that cannot be, {word}: write across,down from 0 to 1</source>
        <translation>— мүмкін емес орын {word}: көлденең,төмен деп 0 мен 1 аралығында жазыңыз</translation>
    </message>
    <message>
        <source>{source} was made by a newer version of Storyboard: update Storyboard</source>
        <translation>{source} — Storyboard бағдарламасының жаңарақ нұсқасынан: Storyboard жаңартыңыз</translation>
    </message>
    <message>
        <source>{path} is not UTF-8 text: mend it, or remove it</source>
        <translation>{path} — UTF-8 мәтіні емес: түзетіңіз немесе алып тастаңыз</translation>
    </message>
    <message>
        <source>{record} was edited since it was saved{panels}</source>
        <translation>{record}: сақталғаннан кейін файл өзгертілген{panels}</translation>
    </message>
    <message>
        <source>, and has {count} panels where it had {before}</source>
        <translation>, енді {count} кадр, бұрын {before} болған</translation>
    </message>
    <message>
        <source>{record} {who} meanwhile, and {shown} changed here too: theirs is kept as snapshot {number}, everything else is on the board</source>
        <translation>{record}: файл осы кезде {who}, мұнда да өзгерген: {shown}; ол нұсқа {number} сақтық көшірмесі болып қалды, қалғанының бәрі раскадровкада</translation>
    </message>
    <message>
        <source>{record} {who} meanwhile: its changes are on the board</source>
        <translation>{record}: файл осы кезде {who}; өзгерістері раскадровкада</translation>
    </message>
    <message>
        <source>was edited by hand</source>
        <translation>қолмен өзгертілді</translation>
    </message>
    <message>
        <source>was saved by another window or machine</source>
        <translation>басқа терезе не компьютер сақтады</translation>
    </message>
    <message>
        <source>the head of the board</source>
        <translation>раскадровканың басы</translation>
    </message>
    <message>
        <source>{record} was damaged by something else meanwhile: kept as {name}</source>
        <translation>{record}: файлды осы кезде басқа бірдеңе бүлдірді; {name} болып сақталды</translation>
    </message>
    <message>
        <source>finished pictures cannot join the board: {error}</source>
        <translation>дайын суреттер раскадровкаға қосылмайды: {error}</translation>
    </message>
    <message>
        <source>the board is nearly as large as a board can be: its record has room for {room} more pictures, not for {takes}; take panels or takes off the board, or go on in a new project</source>
        <translation>раскадровка шегіне жетуге жақын: жазбада тағы {room} суретке орын бар, ал {takes} керек; кадр не дубль алып тастаңыз немесе жаңа раскадровкада жалғастырыңыз</translation>
    </message>
    <message>
        <source>panel {key} has {count} takes and can have {max_takes}: take some off it</source>
        <translation>{key} кадрында {count} дубль бар, ең көбі {max_takes} болады: біразын алып тастаңыз</translation>
    </message>
    <message>
        <source>the name {name}... has {count} letters, and a name can have {max_name}: shorten it</source>
        <translation>{name}... атауында {count} әріп бар, ең көбі {max_name} болады: қысқартыңыз</translation>
    </message>
    <message>
        <source>{source} is missing or damaged: draw the panel again</source>
        <translation>{source} жоқ не бүлінген: кадрды қайта салыңыз</translation>
    </message>
    <message>
        <source>the picture for panel {key} is not a whole PNG: render it again</source>
        <translation>{key} кадрының суреті толық PNG емес: қайта салыңыз</translation>
    </message>
    <message>
        <source>select two or more panels to merge them</source>
        <translation>біріктіру үшін екі не одан көп кадр таңдаңыз</translation>
    </message>
    <message>
        <source>a character needs a name</source>
        <translation>кейіпкерге ат керек</translation>
    </message>
    <message>
        <source>the board has no character {name}: check the name</source>
        <translation>раскадровкада {name} деген кейіпкер жоқ: атын тексеріңіз</translation>
    </message>
    <message>
        <source>{name} is empty: write at least one sentence</source>
        <translation>{name}: файл бос, кемінде бір сөйлем жазыңыз</translation>
    </message>
    <message>
        <source>{name} has more than {max_bytes} bytes: storyboard ten pages at a time</source>
        <translation>{name} {max_bytes} байттан үлкен: он беттен бөліп раскадровка жасаңыз</translation>
    </message>
    <message>
        <source>{path} is not a file: name a text file, or a shot list in YAML</source>
        <translation>{path} — файл емес: мәтін файлын не YAML кадр тізімін көрсетіңіз</translation>
    </message>
    <message>
        <source>the story holds binary data: save it as plain text in UTF-8</source>
        <translation>оқиғада екілік деректер бар: UTF-8 форматында жай мәтін етіп сақтаңыз</translation>
    </message>
    <message>
        <source>the script has neither a scene nor a line, only notes or a title page: write at least a scene heading such as INT. KITCHEN - NIGHT</source>
        <translation>сценарийде сахна да, реплика да жоқ, тек ескертпелер не титул бар: кемінде сахна тақырыбын жазыңыз, мысалы INT. KITCHEN - NIGHT</translation>
    </message>
    <message>
        <source>{source} is empty: it needs at least &apos;shots:&apos; with one shot</source>
        <translation>{source}: файл бос, кемінде бір кадры бар &apos;shots:&apos; керек</translation>
    </message>
    <message>
        <source>{name} has more than {max_bytes} bytes: save ten pages at a time</source>
        <translation>{name} {max_bytes} байттан үлкен: он беттен бөліп сақтаңыз</translation>
    </message>
    <message>
        <source>{name} is XML, but not Final Draft&apos;s: save the script as .fdx</source>
        <translation>{name} — XML, бірақ Final Draft емес: сценарийді .fdx етіп сақтаңыз</translation>
    </message>
    <message>
        <source>{name} is no whole Final Draft file (line {lineno}: {errorstring}): save it again in Final Draft as .fdx</source>
        <translation>{name} — толық Final Draft файлы емес ({lineno}-жол: {errorstring}): Final Draft ішінде .fdx етіп қайта сақтаңыз</translation>
    </message>
    <message>
        <source>{name} is in an unknown encoding: save it again in Final Draft as .fdx</source>
        <translation>{name} — белгісіз кодтауда: Final Draft ішінде .fdx етіп қайта сақтаңыз</translation>
    </message>
    <message>
        <source>{name} has no paragraph of a script in it: was it saved as .fdx from Final Draft?</source>
        <translation>{name}: сценарийдің бірде-бір абзацы жоқ; ол Final Draft ішінен .fdx етіп сақталған ба?</translation>
    </message>
    <message>
        <source>{name} is nested deeper than any script: save it again</source>
        <translation>{name} — кез келген сценарийден терең: қайта сақтаңыз</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP, BMP or TIFF</source>
        <translation>PNG, JPEG, WebP, BMP не TIFF</translation>
    </message>
    <message>
        <source>{too_large} (it is {width}x{height})</source>
        <translation>{too_large} (қазір {width}x{height})</translation>
    </message>
    <message>
        <source>{source} has more than {most} megapixels: use a smaller copy</source>
        <translation>{source}: {most} мегапиксельден көп; кішірек көшірмесін алыңыз</translation>
    </message>
    <message>
        <source>{source} is larger than {picture_bytes} MB: use a smaller copy</source>
        <translation>{source}: {picture_bytes} МБ-тан үлкен; кішірек көшірмесін алыңыз</translation>
    </message>
    <message>
        <source>{source} has no pixels: use another picture</source>
        <translation>{source}: суретте пиксель жоқ; басқасын алыңыз</translation>
    </message>
    <message>
        <source>{source} has more than {jpeg_scans} scans: save it again as PNG</source>
        <translation>{source}: өтпе саны {jpeg_scans} санынан көп; PNG етіп қайта сақтаңыз</translation>
    </message>
    <message>
        <source>{source} is a folder: name a picture file ({known})</source>
        <translation>{source} — қалта: сурет файлын көрсетіңіз ({known})</translation>
    </message>
    <message>
        <source>{source} is not a regular file: name a picture file ({known})</source>
        <translation>{source} — кәдімгі файл емес: сурет файлын көрсетіңіз ({known})</translation>
    </message>
    <message>
        <source>{source} is damaged: save it again as PNG or JPEG</source>
        <translation>{source}: сурет бүлінген; PNG не JPEG етіп қайта сақтаңыз</translation>
    </message>
    <message>
        <source>{name} fills the frame with only {size} pixels: use a larger picture</source>
        <translation>{name} кадрды толтырғанда тек {size} пиксель болады: үлкенірек сурет алыңыз</translation>
    </message>
    <message>
        <source>{folder} has no panel {key}: was it removed meanwhile?</source>
        <translation>{folder}: {key} кадры жоқ; ол осы кезде алынып тасталды ма?</translation>
    </message>
    <message>
        <source>the reference picture {path} cannot be read: {reason}</source>
        <translation>{path} үлгісі оқылмайды: {reason}</translation>
    </message>
    <message>
        <source>the reference picture {path} has changed: add it again</source>
        <translation>{path} үлгісі өзгерген: қайта қосыңыз</translation>
    </message>
    <message>
        <source>the reference picture {sha} of {character} has changed since: put the original file back into the project&apos;s references folder</source>
        <translation>{sha} үлгісі ({character}) содан бері өзгерген: бастапқы файлды раскадровканың references қалтасына қайтарыңыз</translation>
    </message>
    <message>
        <source>the reference picture {sha} of {character} is missing: put the project&apos;s references folder back beside its panels</source>
        <translation>{sha} үлгісі ({character}) жоқ: раскадровканың references қалтасын кадрларының жанына қайтарыңыз</translation>
    </message>
    <message>
        <source>a reference picture of {character} has more than {most} million pixels: make it smaller</source>
        <translation>үлгі, {character}: {most} мегапиксельден көп; кішірейтіңіз</translation>
    </message>
    <message>
        <source>a reference picture of {character} cannot be read ({error}): give a PNG or JPEG file</source>
        <translation>үлгі, {character}: оқылмайды ({error}); PNG не JPEG файлын алыңыз</translation>
    </message>
    <message>
        <source>{character} has no reference picture: add one, or use scale 0</source>
        <translation>{character}: үлгі жоқ; қосыңыз немесе күшін 0 етіңіз</translation>
    </message>
    <message>
        <source>{file} is not an SDXL checkpoint: it has no {part}</source>
        <translation>{file} — SDXL моделі емес: «{part}» бөлігі жоқ</translation>
    </message>
    <message>
        <source>the starter model is missing from {starter}: {cure}</source>
        <translation>бастапқы модель мына жерде жоқ: {starter}; {cure}</translation>
    </message>
    <message>
        <source>get the model again, whole</source>
        <translation>модельді қайтадан толық алыңыз</translation>
    </message>
    <message>
        <source>get the file again</source>
        <translation>файлды қайтадан алыңыз</translation>
    </message>
    <message>
        <source>model folder {root} lacks {name}; the {pickled} beside it is pickled and refused: convert it to safetensors</source>
        <translation>{root} модель қалтасында {name} жоқ; қасындағы {pickled} pickle форматында, ол қабылданбайды: safetensors форматына түрлендіріңіз</translation>
    </message>
    <message>
        <source>model folder {root} lacks {name}: {cure}</source>
        <translation>{root} модель қалтасында {name} жоқ: {cure}</translation>
    </message>
    <message>
        <source>model {name} in {root} cannot be loaded ({reason}): get the model again, whole</source>
        <translation>{name} моделі ({root}) жүктелмейді ({reason}): оны қайтадан толық алыңыз</translation>
    </message>
    <message>
        <source>model {name} is not complete, here or on huggingface.co ({lacks}): connect once to finish the download, or choose another model</source>
        <translation>{name} моделі мұнда да, huggingface.co сайтында да толық емес ({lacks}): жүктеуді аяқтау үшін бір рет қосылыңыз немесе басқасын таңдаңыз</translation>
    </message>
    <message>
        <source>model {name} could not be downloaded ({reason}): check its name and the free disk space, and try again; what has arrived is kept</source>
        <translation>{name} моделі жүктелмеді ({reason}): атауы мен дискідегі бос орынды тексеріп, қайталап көріңіз; жүктелгені сақталды</translation>
    </message>
    <message>
        <source>model {name} was loaded without an IP-Adapter: name one, or switch the identity lock off</source>
        <translation>{name} моделі IP-Adapter жоқ күйде жүктелді: оны көрсетіңіз немесе келбетті сақтауды өшіріңіз</translation>
    </message>
    <message>
        <source>{name} is no hub id: write it as owner/name</source>
        <translation>{name} — сайттағы модель атауы емес: иесі/атауы деп жазыңыз</translation>
    </message>
    <message>
        <source>{folder} is damaged: SHA-256 {found}, expected {sha256}: {cure}</source>
        <translation>{folder} бүлінген: SHA-256 {found}, күтілгені {sha256}: {cure}</translation>
    </message>
    <message>
        <source>{file} is damaged or no safetensors file ({error}): {cure}</source>
        <translation>{file} бүлінген немесе safetensors файлы емес ({error}): {cure}</translation>
    </message>
    <message>
        <source>{root} cannot be used: {problem}: {cure}</source>
        <translation>{root} қолдануға келмейді: {problem}: {cure}</translation>
    </message>
    <message>
        <source>IP-Adapter {adapter} does not exist: give a folder or a hub id such as h94/IP-Adapter</source>
        <translation>IP-Adapter {adapter} жоқ: қалтаны не h94/IP-Adapter сияқты атауды көрсетіңіз</translation>
    </message>
    <message>
        <source>IP-Adapter {file} does not fit this model ({reason}): choose an adapter made for it, or switch the identity lock off</source>
        <translation>IP-Adapter {file} бұл модельге сай емес ({reason}): соған арналғанын таңдаңыз немесе келбетті сақтауды өшіріңіз</translation>
    </message>
    <message>
        <source>few-step adapter {file} does not exist: check the path</source>
        <translation>аз қадам адаптері {file} жоқ: жолын тексеріңіз</translation>
    </message>
    <message>
        <source>LoRA {file} does not fit this model ({reason}): choose one that was made for it</source>
        <translation>LoRA {file} бұл модельге сай емес ({reason}): соған арналғанын таңдаңыз</translation>
    </message>
    <message>
        <source>was ended by the system (signal {number})</source>
        <translation>жүйе тоқтатты (сигнал {number})</translation>
    </message>
    <message>
        <source>the story has {letters} letters and at most {most} can be planned at once: split it into chapters and make a storyboard of each</source>
        <translation>мәтінде {letters} әріп бар, ал бір жолда {most} әріптен артық талданбайды: оны тарауларға бөліп, әрқайсысына жеке раскадровка жасаңыз</translation>
    </message>
    <message>
        <source>{path} is no model: give a .safetensors or .gguf file or a folder</source>
        <translation>{path} — модель емес: .safetensors не .gguf файлын немесе қалтаны көрсетіңіз</translation>
    </message>
    <message>
        <source>unknown model &apos;{name}&apos;: use &apos;starter&apos;, a hub id such as {example}, a folder or a .safetensors or .gguf file</source>
        <translation>белгісіз модель &apos;{name}&apos;: &apos;starter&apos;, {example} сияқты хаб атауын, қалтаны немесе .safetensors не .gguf файлын көрсетіңіз</translation>
    </message>
    <message>
        <source>the render failed ({reason}): try it again</source>
        <translation>салу сәтсіз болды ({reason}): қайталап көріңіз</translation>
    </message>
    <message>
        <source>panel {panel} ran out of memory at {width}x{height}, whatever was done to need less: {cure}; finished panels are kept</source>
        <translation>{panel} кадрына {width}x{height} өлшемінде барлық шараға қарамастан жад жетпеді: {cure}; дайын кадрлар сақталды</translation>
    </message>
    <message>
        <source>close other programs</source>
        <translation>басқа бағдарламаларды жабыңыз</translation>
    </message>
    <message>
        <source>the memory does not suffice: drawn smaller, {width}x{height}</source>
        <translation>жад жетпейді: кішірек салынды, {width}x{height}</translation>
    </message>
    <message>
        <source>no picture: drawn again, {number} of {draws}</source>
        <translation>сурет шықпады: қайта салынады, {number}/{draws}</translation>
    </message>
    <message>
        <source>people: {seen} instead of {people}; drawn again, {number} of {draws}</source>
        <translation>суреттегі адам саны: {people} орнына {seen}; қайта салынады, {number}/{draws}</translation>
    </message>
    <message>
        <source>measuring once what is fastest on this machine</source>
        <translation>осы компьютерде не жылдам екені бір рет өлшенуде</translation>
    </message>
    <message>
        <source>first run with this GPU and these versions: comparing it with the CPU</source>
        <translation>осы GPU мен осы нұсқалардың алғашқы іске қосылуы: процессормен салыстырылуда</translation>
    </message>
    <message>
        <source>the program&apos;s own file assets/{parts} is missing: install Storyboard again</source>
        <translation>бағдарламаның өз файлы assets/{parts} жоқ: Storyboard қайта орнатыңыз</translation>
    </message>
    <message>
        <source>{source} cannot be read ({reason}): check the path</source>
        <translation>{source} оқылмайды ({reason}): жолын тексеріңіз</translation>
    </message>
    <message>
        <source>{path} cannot be read ({error}): check the file</source>
        <translation>{path} оқылмайды ({error}): файлды тексеріңіз</translation>
    </message>
    <message>
        <source>{path} cannot be read: {strerror}</source>
        <translation>{path} оқылмайды: {strerror}</translation>
    </message>
    <message>
        <source>draw with the few-step adapter {name}</source>
        <translation>аз қадамға арналған {name} адаптерімен салу</translation>
    </message>
    <message>
        <source>draw drafts in mode {mode}</source>
        <translation>нобайларды {mode} режимінде салу</translation>
    </message>
    <message>
        <source>draw in {steps} steps</source>
        <translation>{steps} қадаммен салу</translation>
    </message>
    <message>
        <source>draw with {model}</source>
        <translation>{model} моделімен салу</translation>
    </message>
    <message>
        <source>guide with {scale} again</source>
        <translation>қайтадан {scale} шкаласымен бағыттау</translation>
    </message>
    <message>
        <source>set acceleration to {name}</source>
        <translation>жылдамдату: {name}</translation>
    </message>
    <message>
        <source>decode with the tiny decoder</source>
        <translation>шағын декодермен декодтау</translation>
    </message>
    <message>
        <source>draw with {sampler}, {schedule}, {steps} steps</source>
        <translation>{sampler}, {schedule}, {steps} қадаммен салу</translation>
    </message>
    <message>
        <source>draw drafts {width} pixels wide</source>
        <translation>нобайларды ені {width} пиксель етіп салу</translation>
    </message>
    <message>
        <source>draw in the frame that the model draws best</source>
        <translation>модель ең жақсы салатын өлшемде салу</translation>
    </message>
    <message>
        <source>draw with one LoRA instead of {count}</source>
        <translation>{count} орнына бір LoRA-мен салу</translation>
    </message>
    <message>
        <source>do not measure likeness and prompt of every panel</source>
        <translation>әр кадрдың ұқсастығы мен промптын өлшемеу</translation>
    </message>
    <message>
        <source>make no preview pictures</source>
        <translation>алдын ала көрсететін суреттер жасамау</translation>
    </message>
    <message>
        <source>draw with the model&apos;s whole weights instead of {kind}</source>
        <translation>{kind} орнына модельдің толық салмақтарымен салу</translation>
    </message>
    <message>
        <source>keep the weights as {kind}</source>
        <translation>салмақтарды {kind} түрінде сақтау</translation>
    </message>
    <message>
        <source>keep the weights as {kind}, so that all parts stay in memory</source>
        <translation>барлық бөлік жадта қалуы үшін салмақтарды {kind} түрінде сақтау</translation>
    </message>
    <message>
        <source>draw with the model&apos;s {kind} file (.gguf)</source>
        <translation>модельдің {kind} файлымен (.gguf) салу</translation>
    </message>
    <message>
        <source>keep the weights as Q8_0</source>
        <translation>салмақтарды Q8_0 түрінде сақтау</translation>
    </message>
    <message>
        <source>let the tuning decide about attention in slices</source>
        <translation>назарды бөліктеп есептеуді баптау шешсін</translation>
    </message>
    <message>
        <source>let the tuning decide about channels last</source>
        <translation>арналар ретін баптау шешсін</translation>
    </message>
    <message>
        <source>compute in half precision</source>
        <translation>жартылай дәлдікпен есептеу</translation>
    </message>
    <message>
        <source>move panels with {instead}</source>
        <translation>кадрларды {instead} арқылы қозғалту</translation>
    </message>
    <message>
        <source>wear the adapters HIGH and LOW for {steps} steps</source>
        <translation>{steps} қадамға HIGH және LOW адаптерлерін кигізу</translation>
    </message>
    <message>
        <source>skip at most 3 steps in a row, at a threshold of 0.06</source>
        <translation>0.06 шегінде қатарынан ең көбі 3 қадамды өткізіп жіберу</translation>
    </message>
    <message>
        <source>move panels at 832x480</source>
        <translation>кадрларды 832x480 өлшемінде қозғалту</translation>
    </message>
    <message>
        <source>move panels for {frames} frames</source>
        <translation>кадрларды {frames} фильм кадрына қозғалту</translation>
    </message>
    <message>
        <source>draw {fps} frames a second: {frames} for the same length</source>
        <translation>секундына {fps} кадр: сол ұзындыққа {frames}</translation>
    </message>
    <message>
        <source>interpolate no frames</source>
        <translation>кадрларды интерполяцияламау</translation>
    </message>
    <message>
        <source>encode films with the machine&apos;s own encoder</source>
        <translation>фильмдерді құрылғының өз кодтаушысымен кодтау</translation>
    </message>
    <message>
        <source>draw in mode {mode}</source>
        <translation>{mode} режимінде салу</translation>
    </message>
    <message>
        <source>draw without the few-step adapter, in mode {mode}</source>
        <translation>аз қадамға арналған адаптерсіз, {mode} режимінде салу</translation>
    </message>
    <message>
        <source>decode with the model&apos;s own decoder</source>
        <translation>модельдің өз декодерімен декодтау</translation>
    </message>
    <message>
        <source>measure likeness and prompt of every panel</source>
        <translation>әр кадрдың ұқсастығы мен промптын өлшеу</translation>
    </message>
    <message>
        <source>advice ({rules}): {told} s a panel were predicted, {measured} s were measured ({off})</source>
        <translation>кеңес ({rules}): бір кадрға {told} с күтілді, {measured} с өлшенді ({off})</translation>
    </message>
    <message>
        <source>fits this machine&apos;s memory</source>
        <translation>осы компьютердің жадына сыяды</translation>
    </message>
    <message>
        <source>fits with text encoders and network read in turn</source>
        <translation>мәтін кодтағыштары мен желі кезекпен оқылса, сыяды</translation>
    </message>
    <message>
        <source>does not fit this machine&apos;s memory</source>
        <translation>осы компьютердің жадына сыймайды</translation>
    </message>
    <message>
        <source>fits as a file of {storage}, which storyboard convert writes</source>
        <translation>storyboard convert жазатын {storage} файлы ретінде сыяды</translation>
    </message>
    <message>
        <source>ships with the program</source>
        <translation>бағдарламамен бірге келеді</translation>
    </message>
    <message>
        <source>{size} GB to download</source>
        <translation>жүктеуге {size} ГБ</translation>
    </message>
    <message>
        <source>{size} GB, downloaded</source>
        <translation>{size} ГБ, жүктелген</translation>
    </message>
    <message>
        <source>licence: {licence}</source>
        <translation>лицензия: {licence}</translation>
    </message>
    <message>
        <source>licence: {licence}, not for commercial use</source>
        <translation>лицензия: {licence}, коммерциялық пайдалануға болмайды</translation>
    </message>
    <message>
        <source>needs an account at huggingface.co that has accepted its terms</source>
        <translation>huggingface.co сайтында шарттарын қабылдаған тіркелгі керек</translation>
    </message>
    <message>
        <source>draws</source>
        <translation>салады</translation>
    </message>
    <message>
        <source>draws and edits</source>
        <translation>салады және өзгертеді</translation>
    </message>
    <message>
        <source>looks at up to {count} reference pictures</source>
        <translation>{count} үлгі суретке дейін қарайды</translation>
    </message>
    <message>
        <source>negative prompt: {kind}</source>
        <translation>негативті промпт: {kind}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>иә</translation>
    </message>
    <message>
        <source>no</source>
        <translation>жоқ</translation>
    </message>
    <message>
        <source>doubles every step</source>
        <translation>әр қадамды екі есе арттырады</translation>
    </message>
    <message>
        <source>measured: {times}</source>
        <translation>өлшенген: {times}</translation>
    </message>
    <message>
        <source>about: {times}</source>
        <translation>шамамен: {times}</translation>
    </message>
</context>
<context>
    <name>merge</name>
    <message>
        <source>stay: {0}</source>
        <translation>қалады: {0}</translation>
    </message>
    <message>
        <source>change: {0}</source>
        <translation>өзгереді: {0}</translation>
    </message>
    <message>
        <source>stay as you wrote them: {0}</source>
        <translation>сіз жазғандай қалады: {0}</translation>
    </message>
    <message>
        <source>move: {0}</source>
        <translation>жылжиды: {0}</translation>
    </message>
    <message>
        <source>copies: {0}</source>
        <translation>көшірмелер: {0}</translation>
    </message>
    <message>
        <source>new: {0}</source>
        <translation>жаңа: {0}</translation>
    </message>
    <message>
        <source>leave: {0}</source>
        <translation>кетеді: {0}</translation>
    </message>
    <message>
        <source>moves</source>
        <translation>жылжиды</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>өзгереді</translation>
    </message>
    <message>
        <source>stays as you wrote it</source>
        <translation>сіз жазғандай қалады</translation>
    </message>
    <message>
        <source>is a copy</source>
        <translation>көшірме</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>жаңа</translation>
    </message>
    <message>
        <source>leaves the board</source>
        <translation>раскадровкадан кетеді</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>қалады</translation>
    </message>
</context>
<context>
    <name>rescue</name>
    <message>
        <source>not a picture</source>
        <translation>сурет емес</translation>
    </message>
    <message>
        <source>black</source>
        <translation>қара</translation>
    </message>
    <message>
        <source>of one colour</source>
        <translation>бір түсті</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>шуыл</translation>
    </message>
    <message>
        <source>with too many people</source>
        <translation>артық адамдармен</translation>
    </message>
    <message>
        <source>with too few people</source>
        <translation>адамдары жетіспейді</translation>
    </message>
    <message>
        <source>still {0} after every attempt</source>
        <translation>барлық талпыныстан кейін де: {0}</translation>
    </message>
    <message>
        <source>drawn again: the first was {0}</source>
        <translation>қайта салынды, алғашқы талпыныс: {0}</translation>
    </message>
</context>
<context>
    <name>setting</name>
    <message>
        <source>Speed mode</source>
        <translation>Жылдамдық режимі</translation>
    </message>
    <message>
        <source>Steps a panel</source>
        <translation>Кадрға қадам саны</translation>
    </message>
    <message>
        <source>How strictly the prompt is followed</source>
        <translation>Сұрауды қаншалықты қатаң ұстану</translation>
    </message>
    <message>
        <source>Strength of reference pictures</source>
        <translation>Үлгілердің күші</translation>
    </message>
    <message>
        <source>Hold looks by reference pictures</source>
        <translation>Келбетті үлгілер бойынша сақтау</translation>
    </message>
    <message>
        <source>Weights laid out for speed</source>
        <translation>Салмақтар жылдамдыққа қарай жайылған</translation>
    </message>
    <message>
        <source>Less memory, a little slower</source>
        <translation>Жад аз, сәл баяуырақ</translation>
    </message>
    <message>
        <source>Half precision on the GPU</source>
        <translation>GPU-да жартылай дәлдік</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>Үдету</translation>
    </message>
    <message>
        <source>Main character</source>
        <translation>Басты кейіпкер</translation>
    </message>
    <message>
        <source>What pictures must not show</source>
        <translation>Суреттерде болмауы тиіс нәрсе</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Стиль</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Model for edits by words</source>
        <translation>Сөзбен түзету моделі</translation>
    </message>
    <message>
        <source>Model for clips</source>
        <translation>Клиптерге арналған модель</translation>
    </message>
    <message>
        <source>Frames of a clip</source>
        <translation>Клиптегі кадрлар саны</translation>
    </message>
    <message>
        <source>Frames a second of clips</source>
        <translation>Клиптердің секундтағы кадрлары</translation>
    </message>
    <message>
        <source>Times as many frames by interpolation</source>
        <translation>Интерполяция кадр санын неше есе арттырады</translation>
    </message>
    <message>
        <source>Model for reference pictures</source>
        <translation>Үлгілерге арналған модель</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Сэмплер</translation>
    </message>
    <message>
        <source>Noise schedule</source>
        <translation>Шу кестесі</translation>
    </message>
    <message>
        <source>Adapter for few steps</source>
        <translation>Аз қадамға арналған адаптер</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Жадтағы салмақтар</translation>
    </message>
    <message>
        <source>LoRAs, one a line</source>
        <translation>LoRA, әр жолда біреуден</translation>
    </message>
    <message>
        <source>Hires pass</source>
        <translation>Үлкейтіп қайта салу</translation>
    </message>
    <message>
        <source>Face pass</source>
        <translation>Беттерді қайта салу</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Баптаулар жинағы</translation>
    </message>
    <message>
        <source>Further phrases for the style</source>
        <translation>Стиль туралы қосымша сөздер</translation>
    </message>
    <message>
        <source>Further phrases for what must not show</source>
        <translation>Қосымша: не болмауы керек</translation>
    </message>
    <message>
        <source>LoRA weights by framing</source>
        <translation>План ірілігі бойынша LoRA салмақтары</translation>
    </message>
    <message>
        <source>Fetch missing models</source>
        <translation>Жетіспейтін модельдерді жүктеу</translation>
    </message>
    <message>
        <source>Measure likeness and prompt</source>
        <translation>Ұқсастық пен сұрауды өлшеу</translation>
    </message>
    <message>
        <source>Draws until the people are right, at most</source>
        <translation>Адам саны дұрыс болғанша талпыныстар</translation>
    </message>
    <message>
        <source>Smaller frames where memory is short</source>
        <translation>Жад жетпесе, кішірек кадр</translation>
    </message>
    <message>
        <source>Width of a frame, pixels</source>
        <translation>Кадр ені, пиксель</translation>
    </message>
    <message>
        <source>Panels a story</source>
        <translation>Оқиғаға кадр саны</translation>
    </message>
    <message>
        <source>Planner</source>
        <translation>Кадрларға бөлу</translation>
    </message>
    <message>
        <source>Frame of new boards</source>
        <translation>Жаңа раскадровкалар форматы</translation>
    </message>
    <message>
        <source>Seed of new boards</source>
        <translation>Жаңа раскадровкалар дәні</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Қағаз</translation>
    </message>
    <message>
        <source>Preview every so many steps</source>
        <translation>Неше қадам сайын көрсету</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Суреттер</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>Кейіпкерлер</translation>
    </message>
    <message>
        <source>New boards and paper</source>
        <translation>Жаңа раскадровкалар мен қағаз</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Клиптер</translation>
    </message>
    <message>
        <source>Speed and memory</source>
        <translation>Жылдамдық пен жад</translation>
    </message>
    <message>
        <source>as installed</source>
        <translation>орнатылған күйі</translation>
    </message>
    <message>
        <source>your own setting</source>
        <translation>өз баптауыңыз</translation>
    </message>
    <message>
        <source>this board</source>
        <translation>осы раскадровка</translation>
    </message>
    <message>
        <source>the environment ({0})</source>
        <translation>орта айнымалысы ({0})</translation>
    </message>
    <message>
        <source>the mode {0}</source>
        <translation>{0} режимі</translation>
    </message>
</context>
<context>
    <name>shot</name>
    <message>
        <source>wide shot</source>
        <translation>жалпы план</translation>
    </message>
    <message>
        <source>full shot</source>
        <translation>толық бой</translation>
    </message>
    <message>
        <source>medium shot</source>
        <translation>орта план</translation>
    </message>
    <message>
        <source>close-up</source>
        <translation>ірі план</translation>
    </message>
    <message>
        <source>extreme close-up</source>
        <translation>деталь</translation>
    </message>
    <message>
        <source>eye level</source>
        <translation>көз деңгейінде</translation>
    </message>
    <message>
        <source>low angle</source>
        <translation>төменнен</translation>
    </message>
    <message>
        <source>high angle</source>
        <translation>жоғарыдан</translation>
    </message>
    <message>
        <source>over the shoulder</source>
        <translation>иық үстінен</translation>
    </message>
    <message>
        <source>static</source>
        <translation>қозғалыссыз</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>панорама</translation>
    </message>
    <message>
        <source>tilt</source>
        <translation>еңкею</translation>
    </message>
    <message>
        <source>push in</source>
        <translation>жақындау</translation>
    </message>
    <message>
        <source>pull out</source>
        <translation>алыстау</translation>
    </message>
    <message>
        <source>tracking</source>
        <translation>ілесу</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en_US">
<context>
    <name>Actions</name>
    <message>
        <source>New Board</source>
        <translation>Новая раскадровка</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Открыть…</translation>
    </message>
    <message>
        <source>Open the Example Story</source>
        <translation>Открыть пример</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Импорт…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Close Window</source>
        <translation>Закрыть окно</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Завершить</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Add Panel</source>
        <translation>Добавить кадр</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Дублировать</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Разделить</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Объединить</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Move Earlier</source>
        <translation>Переместить раньше</translation>
    </message>
    <message>
        <source>Move Later</source>
        <translation>Переместить позже</translation>
    </message>
    <message>
        <source>Leave Out of Exports</source>
        <translation>Не включать в экспорт</translation>
    </message>
    <message>
        <source>Select All Panels</source>
        <translation>Выбрать все кадры</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Раскадровать</translation>
    </message>
    <message>
        <source>Draw Missing</source>
        <translation>Рисовать недостающие</translation>
    </message>
    <message>
        <source>Draw Selected</source>
        <translation>Рисовать выбранные</translation>
    </message>
    <message>
        <source>Draw Changed</source>
        <translation>Рисовать изменённые</translation>
    </message>
    <message>
        <source>Draw All</source>
        <translation>Рисовать все</translation>
    </message>
    <message>
        <source>Draw Pictures of Another Shape Again</source>
        <translation>Перерисовать картинки другого формата</translation>
    </message>
    <message>
        <source>Animate Selected</source>
        <translation>Оживить выбранные</translation>
    </message>
    <message>
        <source>Animate All</source>
        <translation>Оживить все</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>Другой вариант</translation>
    </message>
    <message>
        <source>Faster and Better…</source>
        <translation>Быстрее и лучше…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Larger Panels</source>
        <translation>Крупнее</translation>
    </message>
    <message>
        <source>Smaller Panels</source>
        <translation>Мельче</translation>
    </message>
    <message>
        <source>Usual Size</source>
        <translation>Обычный размер</translation>
    </message>
    <message>
        <source>View Panel</source>
        <translation>Просмотр кадра</translation>
    </message>
    <message>
        <source>Add Picture…</source>
        <translation>Добавить картинку…</translation>
    </message>
    <message>
        <source>Open in Another Program</source>
        <translation>Открыть в другой программе</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Шкала времени</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Показ слайдов</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Во весь экран</translation>
    </message>
    <message>
        <source>About Storyboard</source>
        <translation>О программе Storyboard</translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation>Недавние</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Доработать</translation>
    </message>
    <message>
        <source>Sound of the Board</source>
        <translation>Звук раскадровки</translation>
    </message>
    <message>
        <source>Sound of the Panel</source>
        <translation>Звук кадра</translation>
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
        <translation>&amp;Правка</translation>
    </message>
    <message>
        <source>&amp;Board</source>
        <translation>&amp;Раскадровка</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Вид</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Справка</translation>
    </message>
</context>
<context>
    <name>AdviceDialog</name>
    <message>
        <source>Faster and Better</source>
        <translation>Быстрее и лучше</translation>
    </message>
    <message>
        <source>looking at this machine and this board…</source>
        <translation>смотрю на эту машину и эту доску…</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Почему</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Применить</translation>
    </message>
    <message>
        <source>Try on This Panel</source>
        <translation>Попробовать на этом кадре</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>Что изменить</translation>
    </message>
    <message>
        <source>Saves</source>
        <translation>Экономит</translation>
    </message>
    <message>
        <source>A panel then</source>
        <translation>Кадр тогда</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>Откуда известно</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Предложения</translation>
    </message>
    <message>
        <source>Nobody knows yet how long a panel takes here: draw one.</source>
        <translation>Пока неизвестно, сколько здесь занимает кадр: нарисуйте один.</translation>
    </message>
    <message>
        <source>A panel takes {0} s now ({1}).</source>
        <translation>Кадр сейчас занимает {0} с ({1}).</translation>
    </message>
    <message>
        <source>There is nothing to change.</source>
        <translation>Менять нечего.</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>{0} times as long</source>
        <translation>дольше в {0} раза</translation>
    </message>
    <message>
        <source>{0} times as fast</source>
        <translation>быстрее в {0} раза</translation>
    </message>
    <message>
        <source>measured here</source>
        <translation>измерено здесь</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>посчитано</translation>
    </message>
    <message>
        <source>published</source>
        <translation>опубликовано</translation>
    </message>
    <message>
        <source>Times {0}, as it was measured here before.</source>
        <translation>Умножено на {0}, как было измерено здесь раньше.</translation>
    </message>
    <message>
        <source>To be done in: {0}</source>
        <translation>Меняется здесь: {0}</translation>
    </message>
    <message>
        <source>Applied; Undo takes it back.</source>
        <translation>Применено; «Отменить» вернёт как было.</translation>
    </message>
    <message>
        <source>Applied; {0} s a panel are predicted. Undo takes it back.</source>
        <translation>Применено; ожидается {0} с на кадр. «Отменить» вернёт как было.</translation>
    </message>
    <message>
        <source>drawing this panel once more…</source>
        <translation>рисую этот кадр ещё раз…</translation>
    </message>
    <message>
        <source>The new take is among the panel&apos;s takes.</source>
        <translation>Новый дубль — среди дублей кадра.</translation>
    </message>
    <message>
        <source>as now</source>
        <translation>как сейчас</translation>
    </message>
    <message>
        <source>with the change</source>
        <translation>с изменением</translation>
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
        <translation>Последовать совету</translation>
    </message>
</context>
<context>
    <name>AnnotatedTakes</name>
    <message>
        <source>Not saved: {0}. The notes are kept in the window.</source>
        <translation>Не сохранено: {0}. Пометки остаются в окне.</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>Bringing in {0}…</source>
        <translation>Переносится {0}…</translation>
    </message>
    <message>
        <source>Bringing in {0}: {1} of {2}</source>
        <translation>Переносится {0}: {1} из {2}</translation>
    </message>
</context>
<context>
    <name>BenchmarkView</name>
    <message>
        <source>Memory of the render process</source>
        <translation>Память процесса рисования</translation>
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
        <translation>Прогноз</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Запуск</translation>
    </message>
    <message>
        <source>Seconds for each panel</source>
        <translation>Секунды по кадрам</translation>
    </message>
    <message>
        <source>Save PNG…</source>
        <translation>Сохранить PNG…</translation>
    </message>
    <message>
        <source>Save JSON…</source>
        <translation>Сохранить JSON…</translation>
    </message>
    <message>
        <source>{0} cannot be written: choose another folder</source>
        <translation>Не удаётся записать {0}: выберите другую папку</translation>
    </message>
    <message>
        <source>Save the benchmark</source>
        <translation>Сохранить измерения</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Изображения (*.png)</translation>
    </message>
    <message>
        <source>Numbers (*.json)</source>
        <translation>Числа (*.json)</translation>
    </message>
    <message>
        <source>text</source>
        <translation>текст</translation>
    </message>
    <message>
        <source>image prompt</source>
        <translation>образец</translation>
    </message>
    <message>
        <source>denoise</source>
        <translation>шаги</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>декодер</translation>
    </message>
    <message>
        <source>likeness</source>
        <translation>сходство</translation>
    </message>
    <message>
        <source>read</source>
        <translation>чтение</translation>
    </message>
    <message>
        <source>save</source>
        <translation>запись</translation>
    </message>
    <message>
        <source>cold</source>
        <translation>холодный</translation>
    </message>
    <message>
        <source>warm</source>
        <translation>тёплый</translation>
    </message>
    <message>
        <source>panel {0}</source>
        <translation>кадр {0}</translation>
    </message>
    <message>
        <source>{0}, sheet</source>
        <translation>{0}, эскиз</translation>
    </message>
    <message>
        <source>Memory: no render process</source>
        <translation>Память: нет процесса</translation>
    </message>
    <message>
        <source>Memory: {0} GiB now</source>
        <translation>Память: {0} ГиБ</translation>
    </message>
    <message>
        <source>, {0} GiB peak</source>
        <translation>, пик {0} ГиБ</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>Nothing has been drawn yet.</source>
        <translation>Рисунков пока нет.</translation>
    </message>
</context>
<context>
    <name>BoardEditor</name>
    <message>
        <source>Add panel</source>
        <translation>добавление кадра</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>дублирование</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>разделение</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>объединение</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>удаление</translation>
    </message>
    <message>
        <source>Leave out of exports</source>
        <translation>Не включать в экспорт</translation>
    </message>
    <message>
        <source>Show in exports</source>
        <translation>Включать в экспорт</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>перестановку</translation>
    </message>
</context>
<context>
    <name>BoardModel</name>
    <message>
        <source>drawn</source>
        <translation>нарисован</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>ещё не нарисован</translation>
    </message>
    <message>
        <source>Panel {0}, {1}, {2}: {3}</source>
        <translation>Кадр {0}, {1}, {2}: {3}</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>перестановку</translation>
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
        <translation>Кадры по порядку</translation>
    </message>
</context>
<context>
    <name>BoundedText</name>
    <message>
        <source>There is room for {0} characters here; the rest was left out.</source>
        <translation>Здесь помещается {0} знаков; остальное не вошло.</translation>
    </message>
</context>
<context>
    <name>CastView</name>
    <message>
        <source>Character</source>
        <translation>Герой</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новый</translation>
    </message>
    <message>
        <source>New character</source>
        <translation>Новый герой</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Remove this character</source>
        <translation>Убрать этого героя</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Name of the character</source>
        <translation>Имя героя</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Добавить…</translation>
    </message>
    <message>
        <source>Add reference pictures</source>
        <translation>Добавить образцы</translation>
    </message>
    <message>
        <source>Remove the selected reference picture</source>
        <translation>Убрать выбранный образец</translation>
    </message>
    <message>
        <source>Make character sheet</source>
        <translation>Нарисовать лист героя</translation>
    </message>
    <message>
        <source>Draw the character once from the traits, and hold on to that picture</source>
        <translation>Нарисовать героя один раз по его чертам и держаться этого рисунка</translation>
    </message>
    <message>
        <source>By the reference pictures (identity lock); without it no adapter is used</source>
        <translation>По образцам (удержание внешности); без него адаптер не нужен</translation>
    </message>
    <message>
        <source>Strength of the reference pictures, percent</source>
        <translation>Сила образцов, проценты</translation>
    </message>
    <message>
        <source>No characters yet. Plan a story, or press New.</source>
        <translation>Героев пока нет. Раскадруйте историю или нажмите «Новый».</translation>
    </message>
    <message>
        <source>Add reference</source>
        <translation>добавление образца</translation>
    </message>
    <message>
        <source>Remove reference</source>
        <translation>удаление образца</translation>
    </message>
    <message>
        <source>Reference pictures</source>
        <translation>Образцы</translation>
    </message>
    <message>
        <source>Pictures ({0})</source>
        <translation>Изображения ({0})</translation>
    </message>
    <message>
        <source>Character {0}</source>
        <translation>Герой {0}</translation>
    </message>
    <message>
        <source>Add character</source>
        <translation>добавление героя</translation>
    </message>
    <message>
        <source>Remove character</source>
        <translation>удаление героя</translation>
    </message>
    <message>
        <source>Change traits</source>
        <translation>правку черт</translation>
    </message>
    <message>
        <source>Rename character</source>
        <translation>переименование героя</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>Герои</translation>
    </message>
    <message>
        <source>Hold looks</source>
        <translation>Держать внешность</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Сила</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>several values</source>
        <translation>разные значения</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>this window</source>
        <translation>это окно</translation>
    </message>
    <message>
        <source>{0}; until then, config.py holds</source>
        <translation>{0}; до тех пор действует config.py</translation>
    </message>
</context>
<context>
    <name>ClipBar</name>
    <message>
        <source>Frame of the clip</source>
        <translation>Кадр клипа</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Воспроизвести</translation>
    </message>
</context>
<context>
    <name>CrashNotice</name>
    <message>
        <source>Storyboard ended by a fault of its own. What it could still say is in a file on this machine; nobody has been sent it.</source>
        <translation>Программа завершилась из-за собственной ошибки. Что она успела сообщить, лежит в файле на этом компьютере; никому он не отправлен.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>The report is {0}</source>
        <translation>Отчёт лежит здесь: {0}</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open a board&apos;s folder</source>
        <translation>Открыть папку раскадровки</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>Записано: {0}</translation>
    </message>
    <message>
        <source>Storyboard {0}

Turns a story into a storyboard on your own machine.</source>
        <translation>Storyboard {0}

Превращает историю в раскадровку на вашем компьютере.</translation>
    </message>
    <message>
        <source>About Storyboard</source>
        <translation>О программе Storyboard</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Story</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>Герои</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>Live benchmark</source>
        <translation>Скорость сейчас</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>{0}. It is kept as a snapshot, too.</source>
        <translation>{0}. Снимок с этим состоянием тоже сохранён.</translation>
    </message>
    <message>
        <source>Show the newest take</source>
        <translation>показ нового дубля</translation>
    </message>
    <message>
        <source>Edit picture</source>
        <translation>Изменить картинку</translation>
    </message>
    <message>
        <source>Not saved: {0}. The board is kept in the window.</source>
        <translation>Не сохранено: {0}. Раскадровка остаётся в окне.</translation>
    </message>
    <message>
        <source>A panel that is being drawn cannot leave the board: cancel the render first.</source>
        <translation>Кадр, который рисуется, нельзя убрать: сначала отмените рисование.</translation>
    </message>
    <message>
        <source>Show the best take</source>
        <translation>показ лучшего дубля</translation>
    </message>
</context>
<context>
    <name>DrawingView</name>
    <message>
        <source>Move mark</source>
        <translation>перемещение пометки</translation>
    </message>
    <message>
        <source>Change mark</source>
        <translation>изменение пометки</translation>
    </message>
    <message>
        <source>Change note</source>
        <translation>правку заметки</translation>
    </message>
    <message>
        <source>A picture holds {0} marks: erase some first.</source>
        <translation>На картинке уже {0} пометок, больше нельзя: сотрите несколько.</translation>
    </message>
    <message>
        <source>Draw arrow</source>
        <translation>стрелку</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>заметку</translation>
    </message>
    <message>
        <source>Draw stroke</source>
        <translation>линию</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>стирание</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>What is to change in the picture</source>
        <translation>Что изменить на картинке</translation>
    </message>
    <message>
        <source>What is to change in the picture, such as: make it night</source>
        <translation>Что изменить на картинке, например: make it night</translation>
    </message>
    <message>
        <source>Where the picture may change</source>
        <translation>Где картинка может измениться</translation>
    </message>
    <message>
        <source>Draw a rectangle (R), or go around something with the pen (P)</source>
        <translation>Нарисуйте прямоугольник (R) или обведите что-нибудь пером (P)</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Везде</translation>
    </message>
    <message>
        <source>In the rectangle</source>
        <translation>В прямоугольнике</translation>
    </message>
    <message>
        <source>Inside the strokes</source>
        <translation>Внутри штрихов</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Change the picture with a model that edits; the take stays, the result is new</source>
        <translation>Изменить картинку моделью, которая правит; дубль остаётся, результат новый</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Progress of the edit</source>
        <translation>Ход правки</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Draw a rectangle over the picture first (R).</source>
        <translation>Сначала нарисуйте прямоугольник на картинке (R).</translation>
    </message>
    <message>
        <source>Go around what may change with the pen first (P).</source>
        <translation>Сначала обведите пером то, что может измениться (P).</translation>
    </message>
</context>
<context>
    <name>EmptyBoard</name>
    <message>
        <source>A board begins with a story</source>
        <translation>Раскадровка начинается с истории</translation>
    </message>
    <message>
        <source>Write or paste it on the left, or drop a text file, and press Plan: the shots appear here at once. Then draw them.</source>
        <translation>Напишите или вставьте её слева либо перетащите текстовый файл и нажмите «Раскадровать»: кадры сразу появятся здесь. Потом нарисуйте их.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Экспорт</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Arrows, strokes and notes</source>
        <translation>Стрелки, линии и заметки</translation>
    </message>
    <message>
        <source>Where to write</source>
        <translation>Куда записать</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Остановка…</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Pictures in a folder</source>
        <translation>Картинки в папке</translation>
    </message>
    <message>
        <source>Contact sheet (PNG)</source>
        <translation>Контактный лист (PNG)</translation>
    </message>
    <message>
        <source>Comic (PDF)</source>
        <translation>Комикс (PDF)</translation>
    </message>
    <message>
        <source>Shot list (YAML)</source>
        <translation>Список планов (YAML)</translation>
    </message>
    <message>
        <source>Shot list (CSV)</source>
        <translation>Список планов (CSV)</translation>
    </message>
    <message>
        <source>Shot list (Excel)</source>
        <translation>Список планов (Excel)</translation>
    </message>
    <message>
        <source>Call sheet (Excel)</source>
        <translation>Вызывной лист (Excel)</translation>
    </message>
    <message>
        <source>Subtitles (SRT)</source>
        <translation>Субтитры (SRT)</translation>
    </message>
    <message>
        <source>Subtitles (WebVTT)</source>
        <translation>Субтитры (WebVTT)</translation>
    </message>
    <message>
        <source>Cut (OpenTimelineIO)</source>
        <translation>Монтаж (OpenTimelineIO)</translation>
    </message>
    <message>
        <source>Cut with pictures (OTIOZ)</source>
        <translation>Монтаж с картинками (OTIOZ)</translation>
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
        <translation>Весь проект одним файлом (ZIP)</translation>
    </message>
    <message>
        <source>Animatic (WebP)</source>
        <translation>Аниматик (WebP)</translation>
    </message>
    <message>
        <source>The whole project: pictures, originals, sounds, earlier states.</source>
        <translation>Весь проект: картинки, оригиналы, звуки, прежние состояния.</translation>
    </message>
    <message>
        <source>{0} of {1} panels have a picture.</source>
        <translation>Кадров с рисунком: {0} из {1}.</translation>
    </message>
    <message>
        <source>Choose where to write.</source>
        <translation>Выберите, куда записать.</translation>
    </message>
    <message>
        <source>Nobody is called {0} here.</source>
        <translation>Пользователя {0} здесь нет.</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Записываем…</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Кадры</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>Куда</translation>
    </message>
</context>
<context>
    <name>ExportProgress</name>
    <message>
        <source>How much is written</source>
        <translation>Сколько записано</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>осталось {0}</translation>
    </message>
</context>
<context>
    <name>ExternalEditor</name>
    <message>
        <source>{0} could not be opened: choose another program to edit pictures with.</source>
        <translation>{0} не открывается: выберите другую программу для картинок.</translation>
    </message>
    <message>
        <source>{0} is a link</source>
        <translation>{0} — ссылка</translation>
    </message>
</context>
<context>
    <name>FieldTable</name>
    <message>
        <source>What is printed of a panel</source>
        <translation>Что печатается у кадра</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Поле</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Слова</translation>
    </message>
    <message>
        <source>Width %</source>
        <translation>Ширина, %</translation>
    </message>
    <message>
        <source>Above</source>
        <translation>Сверху</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Выше</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ниже</translation>
    </message>
    <message>
        <source>name of your own column</source>
        <translation>название своего столбца</translation>
    </message>
    <message>
        <source>its text</source>
        <translation>его текст</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Сцена</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>План №</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Длительность</translation>
    </message>
    <message>
        <source>Framing</source>
        <translation>Кадрирование</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Крупность</translation>
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
        <translation>Место</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Время суток</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>Герои</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Действие</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Реплики</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Заметки</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Запрос</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Имя файла</translation>
    </message>
    <message>
        <source>Your own text</source>
        <translation>Свой текст</translation>
    </message>
</context>
<context>
    <name>FilmForm</name>
    <message>
        <source>Soundtrack and sounds of panels</source>
        <translation>Звуковая дорожка и звуки кадров</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Реплики</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>без звука</translation>
    </message>
    <message>
        <source>spoken by the system&apos;s voice</source>
        <translation>голосом системы</translation>
    </message>
    <message>
        <source>spoken, panels as long as it takes</source>
        <translation>голосом, кадры длятся сколько нужно</translation>
    </message>
</context>
<context>
    <name>FinishMenu</name>
    <message>
        <source>{0}, about {1} a panel</source>
        <translation>{0}, около {1} на кадр</translation>
    </message>
    <message>
        <source>These panels have no picture yet: draw them first.</source>
        <translation>У этих кадров ещё нет картинки: сначала нарисуйте их.</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Starter model</source>
        <translation>Начальная модель</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>Models for this machine</source>
        <translation>Модели для этого компьютера</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Скачать</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Storyboard draws at once with its starter model, which is made for trying things out. Better pictures come from larger models, which are fetched once.</source>
        <translation>Программа рисует сразу: своей начальной моделью, которая сделана для проб. Лучшие картинки дают большие модели; их скачивают один раз.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>The model is chosen above the board, now or later.</source>
        <translation>Модель выбирается над раскадровкой, сейчас или позже.</translation>
    </message>
    <message>
        <source>{0} GPU cores</source>
        <translation>ядер GPU: {0}</translation>
    </message>
    <message>
        <source>{0} GB of memory</source>
        <translation>память: {0} ГБ</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Память</translation>
    </message>
    <message>
        <source>A panel takes</source>
        <translation>Время на кадр</translation>
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
        <translation>пока неизвестно</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>около {0}</translation>
    </message>
    <message>
        <source>is here</source>
        <translation>уже здесь</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>помещается</translation>
    </message>
    <message>
        <source>fits, a part at a time</source>
        <translation>помещается по частям</translation>
    </message>
    <message>
        <source>too much for this machine</source>
        <translation>слишком много для этого компьютера</translation>
    </message>
    <message>
        <source>fits as a file of {0}</source>
        <translation>помещается как файл {0}</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Взять её</translation>
    </message>
    <message>
        <source>Paused; what has arrived is kept.</source>
        <translation>Приостановлено; полученное сохранено.</translation>
    </message>
    <message>
        <source>Asking for the files…</source>
        <translation>Запрашиваю файлы…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>The model is here.</source>
        <translation>Модель здесь.</translation>
    </message>
</context>
<context>
    <name>Imports</name>
    <message>
        <source>All that can be imported</source>
        <translation>Всё, что можно импортировать</translation>
    </message>
    <message>
        <source>Stories, scripts and shot lists</source>
        <translation>Рассказы, сценарии и списки кадров</translation>
    </message>
    <message>
        <source>Cuts, tables and PDFs with comments</source>
        <translation>Монтаж, таблицы и PDF с замечаниями</translation>
    </message>
    <message>
        <source>Boards and contact sheets</source>
        <translation>Раскадровки и контактные листы</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Все файлы</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импорт</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>System</source>
        <translation>Как в системе</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Speed</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>This is an example story, laid out in shots.</source>
        <translation>Это пример истории, разложенный на кадры.</translation>
    </message>
    <message>
        <source>Draw it</source>
        <translation>Нарисовать</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Без названия</translation>
    </message>
    <message>
        <source>Rebuild the board</source>
        <translation>Восстановить раскадровку</translation>
    </message>
    <message>
        <source>Storyboard</source>
        <translation>Storyboard</translation>
    </message>
    <message>
        <source>Draw Changed</source>
        <translation>Рисовать изменённые</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
</context>
<context>
    <name>MarkerControl</name>
    <message>
        <source>Add marker</source>
        <translation>Добавить маркер</translation>
    </message>
    <message>
        <source>Move marker</source>
        <translation>Передвинуть маркер</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Маркер</translation>
    </message>
    <message>
        <source>Name of the marker:</source>
        <translation>Название маркера:</translation>
    </message>
    <message>
        <source>Delete marker</source>
        <translation>Удалить маркер</translation>
    </message>
    <message>
        <source>Name marker</source>
        <translation>Назвать маркер</translation>
    </message>
</context>
<context>
    <name>MarkerRow</name>
    <message>
        <source>Markers</source>
        <translation>Маркеры</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>Назвать…</translation>
    </message>
    <message>
        <source>Delete Marker</source>
        <translation>Удалить маркер</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>The story has changed</source>
        <translation>Текст изменился</translation>
    </message>
    <message>
        <source>Only what changes</source>
        <translation>Только изменения</translation>
    </message>
    <message>
        <source>Panels keep their pictures. Those of panels that leave the board are kept in the project, and Undo brings them back.</source>
        <translation>Кадры сохраняют свои картинки. Картинки кадров, которые уходят с раскадровки, остаются в проекте, а отмена возвращает их.</translation>
    </message>
    <message>
        <source>Change the Board</source>
        <translation>Изменить раскадровку</translation>
    </message>
    <message>
        <source>Keep the Board</source>
        <translation>Оставить раскадровку</translation>
    </message>
    <message>
        <source>What becomes of the panels</source>
        <translation>Что будет с кадрами</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Что будет</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>What it shows</source>
        <translation>Что показано</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>Что изменится</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Закрыть сообщение</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
</context>
<context>
    <name>ModeBox</name>
    <message>
        <source>Speed mode</source>
        <translation>Режим скорости</translation>
    </message>
    <message>
        <source>{0} steps</source>
        <translation>шагов: {0}</translation>
    </message>
    <message>
        <source>Seconds a panel are measured on this machine, with this model.</source>
        <translation>Секунды на кадр измерены на этом компьютере, с этой моделью.</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>ещё не измерено</translation>
    </message>
    <message>
        <source>{0} s a panel</source>
        <translation>{0} с на кадр</translation>
    </message>
    <message>
        <source>about {0} s a panel</source>
        <translation>около {0} с на кадр</translation>
    </message>
</context>
<context>
    <name>ModelDownload</name>
    <message>
        <source>The download broke off: try it again.</source>
        <translation>Загрузка прервалась: попробуйте ещё раз.</translation>
    </message>
</context>
<context>
    <name>NamesEdit</name>
    <message>
        <source>names, with commas</source>
        <translation>имена через запятую</translation>
    </message>
    <message>
        <source>Add to the cast</source>
        <translation>Добавить в герои</translation>
    </message>
    <message>
        <source>Not in the cast: {0}. Nobody knows how they look.</source>
        <translation>Нет среди героев: {0}. Никто не знает, как они выглядят.</translation>
    </message>
</context>
<context>
    <name>NoteEditor</name>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Enter to keep, Shift+Enter for a new line</source>
        <translation>Enter — сохранить, Shift+Enter — новая строка</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>several values</source>
        <translation>разные значения</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>The board could not be opened: {0}</source>
        <translation>Раскадровку не удалось открыть: {0}</translation>
    </message>
    <message>
        <source>Storyboard could not be opened: {0}

Install it again, please. What you have written on the left is not saved: copy it first.</source>
        <translation>Не удалось открыть Storyboard: {0}

Установите его заново. Написанное слева не сохранено: сначала скопируйте его.</translation>
    </message>
</context>
<context>
    <name>OwnPictures</name>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
    </message>
    <message>
        <source>Add Picture</source>
        <translation>Добавить картинку</translation>
    </message>
    <message>
        <source>The clipboard holds no picture.</source>
        <translation>В буфере обмена нет картинки.</translation>
    </message>
    <message>
        <source>This panel has no picture yet.</source>
        <translation>У этого кадра пока нет рисунка.</translation>
    </message>
    <message>
        <source>A copy is open in another program. Whenever it is saved there, it comes back as a new take; the take itself stays as it is.</source>
        <translation>В другой программе открыта копия. Каждое сохранение там возвращается новым дублем; сам дубль не меняется.</translation>
    </message>
    <message>
        <source>Program for Pictures</source>
        <translation>Программа для картинок</translation>
    </message>
    <message>
        <source>The command that opens a picture, for example gimp or open -a &quot;Affinity Photo&quot;.
Empty: the program that the system opens pictures with.</source>
        <translation>Команда, которая открывает картинку, например gimp или open -a &quot;Affinity Photo&quot;.
Пусто: программа, которой картинки открывает система.</translation>
    </message>
    <message>
        <source>Drop the picture on a panel: it becomes its take.</source>
        <translation>Перетащите картинку на кадр: она станет его дублем.</translation>
    </message>
</context>
<context>
    <name>PageDesigner</name>
    <message>
        <source>Open…</source>
        <translation>Открыть…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Сохранить…</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Альбомная</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Книжная</translation>
    </message>
    <message>
        <source>auto, a number of panels a page, or columns x rows</source>
        <translation>auto, число кадров на странице или столбцы x строки</translation>
    </message>
    <message>
        <source>As it fits</source>
        <translation>Как поместится</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>Снизу</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>Сбоку</translation>
    </message>
    <message>
        <source>Title on the first page</source>
        <translation>Название на первой странице</translation>
    </message>
    <message>
        <source>Boxes around panels</source>
        <translation>Рамки вокруг кадров</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>Чёрно-белый</translation>
    </message>
    <message>
        <source>Bookmarks by scene</source>
        <translation>Закладки по сценам</translation>
    </message>
    <message>
        <source>Names of fields</source>
        <translation>Названия полей</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Макет</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Бумага</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Ориентация</translation>
    </message>
    <message>
        <source>Panels a page</source>
        <translation>Кадров на странице</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Слова</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Буквы</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Страница</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Проект</translation>
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
        <translation>Версия</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Верхний колонтитул</translation>
    </message>
    <message>
        <source>Footer</source>
        <translation>Нижний колонтитул</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>Водяной знак</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Логотип</translation>
    </message>
    <message>
        <source>left</source>
        <translation>слева</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>посередине</translation>
    </message>
    <message>
        <source>right</source>
        <translation>справа</translation>
    </message>
    <message>
        <source>Open a layout</source>
        <translation>Открыть макет</translation>
    </message>
    <message>
        <source>Save the layout</source>
        <translation>Сохранить макет</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>Записано: {0}</translation>
    </message>
    <message>
        <source>Choose a logo</source>
        <translation>Выбрать логотип</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Обычный</translation>
    </message>
    <message>
        <source>Production: six a page with everything</source>
        <translation>Производство: шесть на странице, со всем</translation>
    </message>
    <message>
        <source>Pitch: one large picture a page</source>
        <translation>Презентация: одна большая картинка на странице</translation>
    </message>
    <message>
        <source>Booklet: upright, words beside</source>
        <translation>Брошюра: книжная, слова сбоку</translation>
    </message>
    <message>
        <source>Thumbnails: thirty a page</source>
        <translation>Миниатюры: тридцать на странице</translation>
    </message>
</context>
<context>
    <name>PagePreview</name>
    <message>
        <source>Preview</source>
        <translation>Просмотр</translation>
    </message>
    <message>
        <source>Laying out the pages…</source>
        <translation>Вёрстка страниц…</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>Страница {0} из {1}</translation>
    </message>
</context>
<context>
    <name>PanelChoice</name>
    <message>
        <source>Panels</source>
        <translation>Кадры</translation>
    </message>
    <message>
        <source>All panels</source>
        <translation>Все кадры</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Сцены</translation>
    </message>
    <message>
        <source>Panel numbers</source>
        <translation>Номера кадров</translation>
    </message>
    <message>
        <source>Selected panels ({0})</source>
        <translation>Выбранные кадры ({0})</translation>
    </message>
    <message>
        <source>Numbers of scenes or panels</source>
        <translation>Номера сцен или кадров</translation>
    </message>
    <message>
        <source>Also what is left out of exports ({0})</source>
        <translation>И то, что не входит в экспорт ({0})</translation>
    </message>
</context>
<context>
    <name>PanelDelegate</name>
    <message>
        <source>left out</source>
        <translation>не в экспорте</translation>
    </message>
    <message>
        <source>{0} takes</source>
        <translation>дублей: {0}</translation>
    </message>
    <message>
        <source>step {0} of {1}</source>
        <translation>шаг {0} из {1}</translation>
    </message>
    <message>
        <source>next</source>
        <translation>следующий</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>начинается</translation>
    </message>
    <message>
        <source>waiting, {0}</source>
        <translation>ждёт, {0}</translation>
    </message>
    <message>
        <source>the last render failed</source>
        <translation>в последний раз не получилось</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>ещё не нарисован</translation>
    </message>
    <message>
        <source>the picture is missing</source>
        <translation>рисунок не найден</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>unlike {0}</source>
        <translation>непохоже: {0}</translation>
    </message>
</context>
<context>
    <name>PictureEdits</name>
    <message>
        <source>Reading the model…</source>
        <translation>Чтение модели…</translation>
    </message>
    <message>
        <source>Waiting…</source>
        <translation>Ожидание…</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Шаг {0} из {1}</translation>
    </message>
    <message>
        <source>{0}: the picture is changed. Undo shows the one before.</source>
        <translation>{0}: картинка изменена. Отмена покажет прежнюю.</translation>
    </message>
    <message>
        <source>{0}: the picture is finished. Undo shows the one before.</source>
        <translation>{0}: картинка доработана. Отмена покажет прежнюю.</translation>
    </message>
</context>
<context>
    <name>PictureForm</name>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Качество</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>Имена файлов</translation>
    </message>
</context>
<context>
    <name>PictureImport</name>
    <message>
        <source>Add picture</source>
        <translation>добавление картинки</translation>
    </message>
    <message>
        <source>{0} is a take of this panel now.</source>
        <translation>Теперь дубль этого кадра: {0}.</translation>
    </message>
    <message>
        <source>It fills the frame, {0} % of it are cut off; the whole picture is kept in the board&apos;s folder.</source>
        <translation>Картинка заполняет кадр, {0} % обрезано; целиком она хранится в папке раскадровки.</translation>
    </message>
</context>
<context>
    <name>PlanControl</name>
    <message>
        <source>The board shows this story already.</source>
        <translation>Раскадровка уже соответствует этому тексту.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>раскадровку</translation>
    </message>
    <message>
        <source>{0} was saved: shall the board follow the story?</source>
        <translation>Файл {0} сохранён. Обновить раскадровку по тексту?</translation>
    </message>
    <message>
        <source>Show Changes</source>
        <translation>Показать изменения</translation>
    </message>
</context>
<context>
    <name>PlannerField</name>
    <message>
        <source>rules, without any server</source>
        <translation>правила, без сервера</translation>
    </message>
    <message>
        <source>a language model on this machine</source>
        <translation>языковая модель на этом компьютере</translation>
    </message>
    <message>
        <source>rules, and a language model for unknown words</source>
        <translation>правила, а незнакомые слова — языковой моделью</translation>
    </message>
    <message>
        <source>Address of the Language Model</source>
        <translation>Адрес языковой модели</translation>
    </message>
    <message>
        <source>found by itself, or for example {0}</source>
        <translation>находится сам, или, например, {0}</translation>
    </message>
</context>
<context>
    <name>Playback</name>
    <message>
        <source>No device for sound was found here: the board plays without it.</source>
        <translation>Звукового устройства здесь нет: раскадровка идёт без звука.</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>automatic</source>
        <translation>автоматически</translation>
    </message>
    <message>
        <source>on</source>
        <translation>включено</translation>
    </message>
    <message>
        <source>off</source>
        <translation>выключено</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>the one that the system opens pictures with</source>
        <translation>та, которой система открывает картинки</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Saved for all boards, and used for the open one at once. A board&apos;s own settings, the environment and a picked mode win over what is saved here.</source>
        <translation>Сохраняется для всех раскадровок и сразу действует для открытой. Собственные настройки раскадровки, переменные окружения и выбранный режим важнее сохранённого здесь.</translation>
    </message>
    <message>
        <source>from the next start on</source>
        <translation>со следующего запуска</translation>
    </message>
    <message>
        <source>for example {0}</source>
        <translation>например, {0}</translation>
    </message>
    <message>
        <source>Program for Pictures</source>
        <translation>Программа для картинок</translation>
    </message>
</context>
<context>
    <name>PromptPreview</name>
    <message>
        <source>The prompt is shown once the model is here: draw a panel.</source>
        <translation>Запрос появится, когда будет модель: нарисуйте кадр.</translation>
    </message>
</context>
<context>
    <name>PromptView</name>
    <message>
        <source>Enhanced prompt</source>
        <translation>Расширенный запрос</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Негативный запрос</translation>
    </message>
    <message>
        <source>Left out of the prompt</source>
        <translation>Не вошло в запрос</translation>
    </message>
    <message>
        <source>Left out, because the window is full: {0}</source>
        <translation>Не вошло, потому что окно заполнено: {0}</translation>
    </message>
    <message>
        <source>left out:{0}</source>
        <translation>не вошло:{0}</translation>
    </message>
</context>
<context>
    <name>ReferencesView</name>
    <message>
        <source>Reference pictures</source>
        <translation>Образцы</translation>
    </message>
    <message>
        <source>Drop pictures here, or paste one</source>
        <translation>Перетащите сюда картинки или вставьте из буфера</translation>
    </message>
    <message>
        <source>Reference picture {0}</source>
        <translation>Образец {0}</translation>
    </message>
</context>
<context>
    <name>RenderControl</name>
    <message>
        <source>Every panel has its picture.</source>
        <translation>У каждого кадра есть рисунок.</translation>
    </message>
    <message>
        <source>Draw all again</source>
        <translation>Нарисовать всё заново</translation>
    </message>
    <message>
        <source>Every picture has the shape of the board&apos;s frame.</source>
        <translation>Все картинки уже в формате кадра.</translation>
    </message>
    <message>
        <source>Pictures of another shape: {0}. They stay as they are until then.</source>
        <translation>Картинок другого формата: {0}. До перерисовки они остаются как есть.</translation>
    </message>
    <message>
        <source>Draw again</source>
        <translation>Перерисовать</translation>
    </message>
    <message>
        <source>Plan a story first: a sheet needs a board.</source>
        <translation>Сначала раскадруйте историю: листу героя нужна раскадровка.</translation>
    </message>
    <message>
        <source>Panels without a picture: {0}. Everything drawn before is here.</source>
        <translation>Кадров без рисунка: {0}. Всё нарисованное раньше на месте.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>These panels are waiting to be drawn already.</source>
        <translation>Эти кадры уже ждут рисования.</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>новое зерно</translation>
    </message>
    <message>
        <source>Panels that have changed since they were drawn: {0}.</source>
        <translation>Кадров, изменённых после рисования: {0}.</translation>
    </message>
    <message>
        <source>Draw Changed</source>
        <translation>Рисовать изменённые</translation>
    </message>
    <message>
        <source>Not drawn: {0}. {1}</source>
        <translation>Не нарисовано: {0}. {1}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Stopped before the first panel was done.</source>
        <translation>Остановлено до первого готового кадра.</translation>
    </message>
    <message>
        <source>{0} Draw in a smaller frame, {1} by {2} pixels?</source>
        <translation>{0} Рисовать в меньшем кадре, {1} на {2} пикселей?</translation>
    </message>
    <message>
        <source>Draw smaller</source>
        <translation>Рисовать меньше</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>The model {0} is not on this machine, and only this board asks for it. Download it? It can be several gigabytes.</source>
        <translation>Модели {0} нет на этом компьютере, и просит о ней только эта раскадровка. Загрузить её? Это может быть несколько гигабайт.</translation>
    </message>
    <message>
        <source>Download and draw</source>
        <translation>Загрузить и рисовать</translation>
    </message>
</context>
<context>
    <name>RenderSession</name>
    <message>
        <source>no character sheet is needed: the identity lock is off, its scale is 0, or the model has no adapter</source>
        <translation>эскиз героя не нужен: удержание внешности выключено, его сила равна 0 или у модели нет адаптера</translation>
    </message>
    <message>
        <source>The render broke off. What is finished is safe: draw the rest.</source>
        <translation>Рисование прервалось. Готовое сохранено: дорисуйте остальное.</translation>
    </message>
</context>
<context>
    <name>Returns</name>
    <message>
        <source>Open the board first that {0} belongs to.</source>
        <translation>Сначала откройте раскадровку, к которой относится {0}.</translation>
    </message>
    <message>
        <source>An EDL does not say its rate. How many frames a second does the cut have?</source>
        <translation>В EDL не указана частота. Сколько кадров в секунду в этом монтаже?</translation>
    </message>
    <message>
        <source>The board says the same already.</source>
        <translation>На раскадровке уже так.</translation>
    </message>
    <message>
        <source>What {0} changes</source>
        <translation>Что изменит {0}</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импорт</translation>
    </message>
    <message>
        <source>Reading {0}…</source>
        <translation>Читается {0}…</translation>
    </message>
</context>
<context>
    <name>ShotForm</name>
    <message>
        <source>Name: words, one line each</source>
        <translation>Имя: слова, по строке на реплику</translation>
    </message>
    <message>
        <source> s</source>
        <translation> с</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Замок</translation>
    </message>
    <message>
        <source>Lock the seed of this panel</source>
        <translation>Закрепить зерно этого кадра</translation>
    </message>
    <message>
        <source>Locked: drawing the panel again uses this seed, and so gives the same picture. Not locked: every further take gets another seed.</source>
        <translation>Закреплено: при повторном рисовании берётся то же зерно и получается та же картинка. Не закреплено: каждый новый дубль получает другое зерно.</translation>
    </message>
    <message>
        <source>Follow the action again</source>
        <translation>По действию</translation>
    </message>
    <message>
        <source>Leave out of exports</source>
        <translation>Не включать в экспорт</translation>
    </message>
    <message>
        <source>Written by hand</source>
        <translation>Вручную</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Действие</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>По-английски</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Реплики</translation>
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
        <translation>Герои</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Время суток</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Сцена</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Длительность</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
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
        <translation>Выберите кадр на раскадровке, чтобы увидеть его описание.</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Дубли</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Запрос</translation>
    </message>
    <message>
        <source>{0} panels: what you change here, you change in all of them</source>
        <translation>Кадров: {0}. Что меняете здесь, меняется во всех</translation>
    </message>
    <message>
        <source>Add to the cast</source>
        <translation>добавление в герои</translation>
    </message>
    <message>
        <source>Edit {0} panels</source>
        <translation>правку {0} кадров</translation>
    </message>
    <message>
        <source>Edit panel {0}</source>
        <translation>правку кадра {0}</translation>
    </message>
    <message>
        <source>Pin take</source>
        <translation>закрепление дубля</translation>
    </message>
    <message>
        <source>Show newest take</source>
        <translation>показ нового дубля</translation>
    </message>
</context>
<context>
    <name>Slideshow</name>
    <message>
        <source>Slideshow</source>
        <translation>Показ слайдов</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>ещё не нарисован</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
</context>
<context>
    <name>SoundControl</name>
    <message>
        <source>Another Sound…</source>
        <translation>Другой звук…</translation>
    </message>
    <message>
        <source>Add Sound…</source>
        <translation>Добавить звук…</translation>
    </message>
    <message>
        <source>Speak the Dialogue</source>
        <translation>Озвучить диалог</translation>
    </message>
    <message>
        <source>Level…</source>
        <translation>Громкость…</translation>
    </message>
    <message>
        <source>Remove Sound</source>
        <translation>Убрать звук</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>Убрать {0}</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Звукозаписи</translation>
    </message>
    <message>
        <source>Add Sound</source>
        <translation>Добавить звук</translation>
    </message>
    <message>
        <source>Add sound</source>
        <translation>Добавить звук</translation>
    </message>
    <message>
        <source>dialogue, spoken</source>
        <translation>диалог, озвучен</translation>
    </message>
    <message>
        <source>Speak the dialogue</source>
        <translation>Озвучить диалог</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Громкость</translation>
    </message>
    <message>
        <source>Decibels louder, or softer with a minus; 0 is as it was recorded:</source>
        <translation>Децибел громче, с минусом тише; 0 — как записано:</translation>
    </message>
    <message>
        <source>Change the level</source>
        <translation>Изменить громкость</translation>
    </message>
    <message>
        <source>Remove sound</source>
        <translation>Убрать звук</translation>
    </message>
    <message>
        <source>{0} is the board&apos;s soundtrack now: {1} s.</source>
        <translation>{0} — теперь звуковая дорожка раскадровки: {1} с.</translation>
    </message>
    <message>
        <source>{0} is heard with this panel now: {1} s.</source>
        <translation>{0} теперь звучит с этим кадром: {1} с.</translation>
    </message>
    <message>
        <source>{0} takes {1} s, and the panel stays {2} s: the rest is not heard.</source>
        <translation>{0} длится {1} с, а кадр — {2} с: остальное не слышно.</translation>
    </message>
    <message>
        <source>Let It Stay That Long</source>
        <translation>Держать кадр столько же</translation>
    </message>
    <message>
        <source>Change duration</source>
        <translation>Изменить длительность</translation>
    </message>
</context>
<context>
    <name>SoundDrop</name>
    <message>
        <source>Sound of panel {0}</source>
        <translation>Звук кадра {0}</translation>
    </message>
    <message>
        <source>Soundtrack of the board</source>
        <translation>Звуковая дорожка раскадровки</translation>
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
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Render status</source>
        <translation>Состояние рисования</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>Начальная модель</translation>
    </message>
    <message>
        <source>{0} (download)</source>
        <translation>{0} (загрузка)</translation>
    </message>
    <message>
        <source>Model folder…</source>
        <translation>Папка модели…</translation>
    </message>
    <message>
        <source>Checkpoint file…</source>
        <translation>Файл модели…</translation>
    </message>
    <message>
        <source>changed panels: {0}</source>
        <translation>изменено кадров: {0}</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Папка модели</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Файл модели</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors)</source>
        <translation>Файлы моделей (*.safetensors)</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>загружается модель</translation>
    </message>
    <message>
        <source>pausing after this panel</source>
        <translation>пауза после этого кадра</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>останавливается</translation>
    </message>
    <message>
        <source>preparing {0}’s reference</source>
        <translation>готовится образец: {0}</translation>
    </message>
    <message>
        <source>panel {0} of {1}</source>
        <translation>кадр {0} из {1}</translation>
    </message>
    <message>
        <source>, about {0} left</source>
        <translation>, осталось около {0}</translation>
    </message>
</context>
<context>
    <name>SpeedPlot</name>
    <message>
        <source>Iterations per second</source>
        <translation>Шагов в секунду</translation>
    </message>
    <message>
        <source>Nothing has been drawn yet.</source>
        <translation>Рисунков пока нет.</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Picture to compare with</source>
        <translation>Картинка для сравнения</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>Шторка</translation>
    </message>
    <message>
        <source>no other take</source>
        <translation>другого дубля нет</translation>
    </message>
</context>
<context>
    <name>StageBar</name>
    <message>
        <source>Time by stage</source>
        <translation>Время по этапам</translation>
    </message>
    <message>
        <source>The last panel’s time</source>
        <translation>Время последнего кадра</translation>
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
        <translation>Название</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Write or paste a story here, or drop a text file. Then press Plan.</source>
        <translation>Напишите или вставьте сюда историю либо перетащите текстовый файл. Потом нажмите «Раскадровать».</translation>
    </message>
    <message>
        <source>Language and length</source>
        <translation>Язык и длина</translation>
    </message>
    <message>
        <source>Number of panels</source>
        <translation>Число кадров</translation>
    </message>
    <message>
        <source>Frame, width to height</source>
        <translation>Кадр, ширина к высоте</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Раскадровать</translation>
    </message>
    <message>
        <source>Turn the story into shots at once, without drawing</source>
        <translation>Сразу превратить историю в кадры, не рисуя</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>правку текста</translation>
    </message>
    <message>
        <source>Change title</source>
        <translation>правку названия</translation>
    </message>
    <message>
        <source>English</source>
        <translation>английский</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>русский</translation>
    </message>
    <message>
        <source>Kazakh</source>
        <translation>казахский</translation>
    </message>
    <message>
        <source>words: {0}</source>
        <translation>слов: {0}</translation>
    </message>
    <message>
        <source>Change frame</source>
        <translation>смену формата</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Кадров</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Timeline</source>
        <translation>Шкала времени</translation>
    </message>
    <message>
        <source>Scene {0}  ·  {1}</source>
        <translation>Сцена {0}  ·  {1}</translation>
    </message>
    <message>
        <source>Panel {0}, {1}: {2}</source>
        <translation>Кадр {0}, {1}: {2}</translation>
    </message>
</context>
<context>
    <name>TakesStrip</name>
    <message>
        <source>Takes of this panel</source>
        <translation>Дубли этого кадра</translation>
    </message>
    <message>
        <source>Enter or a double click shows a take on the board</source>
        <translation>Enter или двойной щелчок показывает дубль на раскадровке</translation>
    </message>
    <message>
        <source>take {0}, own</source>
        <translation>дубль {0}, свой</translation>
    </message>
    <message>
        <source>take {0}</source>
        <translation>дубль {0}</translation>
    </message>
    <message>
        <source>take {0}, clip</source>
        <translation>дубль {0}, клип</translation>
    </message>
    <message>
        <source>{0}, on the board</source>
        <translation>{0}, на раскадровке</translation>
    </message>
</context>
<context>
    <name>TakesView</name>
    <message>
        <source>Takes</source>
        <translation>Дубли</translation>
    </message>
    <message>
        <source>Pin this take</source>
        <translation>Закрепить дубль</translation>
    </message>
    <message>
        <source>Show the newest</source>
        <translation>Показать новый</translation>
    </message>
    <message>
        <source>No take yet.</source>
        <translation>Дублей пока нет.</translation>
    </message>
    <message>
        <source>About this take</source>
        <translation>Об этом дубле</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>Другой вариант</translation>
    </message>
    <message>
        <source>Draw this panel again with another seed</source>
        <translation>Нарисовать кадр заново с другим зерном</translation>
    </message>
    <message>
        <source>take {0}</source>
        <translation>дубль {0}</translation>
    </message>
    <message>
        <source>(pinned)</source>
        <translation>(закреплён)</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>own picture</source>
        <translation>своя картинка</translation>
    </message>
    <message>
        <source>seed {0}</source>
        <translation>зерно {0}</translation>
    </message>
    <message>
        <source>Best of…</source>
        <translation>Лучший из…</translation>
    </message>
    <message>
        <source>Draw so many takes, each with a seed of its own, keep them all, and show the one that is best by likeness and prompt together</source>
        <translation>Нарисовать столько дублей, каждый со своим зерном, сохранить все и показать лучший по сходству и описанию вместе</translation>
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
        <translation>Воспроизвести</translation>
    </message>
    <message>
        <source>Add Marker (M)</source>
        <translation>Добавить маркер (M)</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Ближе</translation>
    </message>
    <message>
        <source>See more</source>
        <translation>Дальше</translation>
    </message>
    <message>
        <source>See the whole board</source>
        <translation>Показать всю раскадровку</translation>
    </message>
    <message>
        <source>Unit of time</source>
        <translation>Единица времени</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>секунды</translation>
    </message>
    <message>
        <source>frames, {0} a second</source>
        <translation>кадры, {0} в секунду</translation>
    </message>
    <message>
        <source>Change duration</source>
        <translation>Изменить длительность</translation>
    </message>
</context>
<context>
    <name>TokenMeter</name>
    <message>
        <source>{0} of {1} tokens</source>
        <translation>токенов: {0} из {1}</translation>
    </message>
</context>
<context>
    <name>TraitsTable</name>
    <message>
        <source>Traits, in the order of the prompt</source>
        <translation>Черты в порядке запроса</translation>
    </message>
    <message>
        <source>Trait</source>
        <translation>Черта</translation>
    </message>
    <message>
        <source>Words, in English</source>
        <translation>По-английски</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Новая</translation>
    </message>
    <message>
        <source>Add a trait</source>
        <translation>Добавить черту</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Remove this trait</source>
        <translation>Удалить эту черту</translation>
    </message>
    <message>
        <source>Move this trait up</source>
        <translation>Поднять эту черту</translation>
    </message>
    <message>
        <source>Move this trait down</source>
        <translation>Опустить эту черту</translation>
    </message>
</context>
<context>
    <name>Unsaved</name>
    <message>
        <source>Panels are being drawn; still to come: {0}. Leaving this board stops that. What is finished is kept.</source>
        <translation>Кадры рисуются, осталось: {0}. Если уйти отсюда, рисование остановится. Готовое сохранено.</translation>
    </message>
    <message>
        <source>Stop and leave</source>
        <translation>Остановить и уйти</translation>
    </message>
    <message>
        <source>Go on drawing</source>
        <translation>Рисовать дальше</translation>
    </message>
    <message>
        <source>The disk refuses this board: closing it loses what was changed since.</source>
        <translation>Диск не принимает эту раскадровку: если её закрыть, последние изменения пропадут.</translation>
    </message>
    <message>
        <source>Close it all the same</source>
        <translation>Всё равно закрыть</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Viewer</source>
        <translation>Просмотр</translation>
    </message>
    <message>
        <source>Panel {0} of {1}</source>
        <translation>Кадр {0} из {1}</translation>
    </message>
    <message>
        <source>, take {0} of {1}</source>
        <translation>, дубль {0} из {1}</translation>
    </message>
    <message>
        <source>, made from take {0}</source>
        <translation>, сделан из дубля {0}</translation>
    </message>
    <message>
        <source>the picture is missing</source>
        <translation>рисунок не найден</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>ещё не нарисован</translation>
    </message>
    <message>
        <source>Pin take</source>
        <translation>закрепление дубля</translation>
    </message>
    <message>
        <source>Mark {0} of {1}</source>
        <translation>Пометка {0} из {1}</translation>
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
        <translation>К раскадровке</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Escape</translation>
    </message>
    <message>
        <source>Previous panel (Left)</source>
        <translation>Предыдущий кадр (стрелка влево)</translation>
    </message>
    <message>
        <source>Next panel (Right)</source>
        <translation>Следующий кадр (стрелка вправо)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Вместить</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Show on the Board</source>
        <translation>Показать на раскадровке</translation>
    </message>
    <message>
        <source>Add Picture…</source>
        <translation>Добавить картинку…</translation>
    </message>
    <message>
        <source>Paste Picture</source>
        <translation>Вставить картинку</translation>
    </message>
    <message>
        <source>Open in Another Program</source>
        <translation>Открыть в другой программе</translation>
    </message>
    <message>
        <source>Choose the Program…</source>
        <translation>Выбрать программу…</translation>
    </message>
    <message>
        <source>Erase Selected</source>
        <translation>Стереть выбранное</translation>
    </message>
    <message>
        <source>Select Next Mark</source>
        <translation>Следующая пометка</translation>
    </message>
    <message>
        <source>Select Previous Mark</source>
        <translation>Предыдущая пометка</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Выбор</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>Стрелка</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>Перо</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Ластик</translation>
    </message>
    <message>
        <source>Rectangle to Edit</source>
        <translation>Прямоугольник для правки</translation>
    </message>
    <message>
        <source>One Take</source>
        <translation>Один дубль</translation>
    </message>
    <message>
        <source>Two Side by Side</source>
        <translation>Два рядом</translation>
    </message>
    <message>
        <source>Wipe Between Two</source>
        <translation>Шторка</translation>
    </message>
    <message>
        <source>Thirds</source>
        <translation>Сетка третей</translation>
    </message>
    <message>
        <source>Action and Title Safe</source>
        <translation>Безопасные зоны</translation>
    </message>
    <message>
        <source>No Mask</source>
        <translation>Без каше</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>Разметка</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
</context>
<context>
    <name>ViewerBars</name>
    <message>
        <source>Place</source>
        <translation>Где вы сейчас</translation>
    </message>
    <message>
        <source>Size of the picture</source>
        <translation>Размер картинки</translation>
    </message>
    <message>
        <source>Take to compare with</source>
        <translation>Дубль для сравнения</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Цвет</translation>
    </message>
    <message>
        <source>Width of lines, size of notes</source>
        <translation>Толщина линий, размер заметок</translation>
    </message>
    <message>
        <source>Panel and takes</source>
        <translation>Кадр и дубли</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Рисование поверх картинки</translation>
    </message>
    <message>
        <source>take {0}</source>
        <translation>дубль {0}</translation>
    </message>
    <message>
        <source>red</source>
        <translation>красный</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>жёлтый</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>синий</translation>
    </message>
    <message>
        <source>green</source>
        <translation>зелёный</translation>
    </message>
    <message>
        <source>white</source>
        <translation>белый</translation>
    </message>
    <message>
        <source>black</source>
        <translation>чёрный</translation>
    </message>
    <message>
        <source>thin</source>
        <translation>тонко</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>средне</translation>
    </message>
    <message>
        <source>thick</source>
        <translation>толсто</translation>
    </message>
</context>
<context>
    <name>_Cells</name>
    <message>
        <source>Trait</source>
        <translation>Черта</translation>
    </message>
    <message>
        <source>Words of the trait</source>
        <translation>Слова черты</translation>
    </message>
</context>
<context>
    <name>_Written</name>
    <message>
        <source>several values</source>
        <translation>разные значения</translation>
    </message>
</context>
<context>
    <name>agreement</name>
    <message>
        <source>{0}: like the reference</source>
        <translation>{0}: похоже на образец</translation>
    </message>
    <message>
        <source>{0}: less like the reference than usual here</source>
        <translation>{0}: меньше похоже на образец, чем обычно здесь</translation>
    </message>
    <message>
        <source>{0}: not like the reference</source>
        <translation>{0}: не похоже на образец</translation>
    </message>
    <message>
        <source>likeness of {0} {1}</source>
        <translation>сходство, {0}: {1}</translation>
    </message>
    <message>
        <source>prompt {0}</source>
        <translation>запрос: {0}</translation>
    </message>
</context>
<context>
    <name>changed</name>
    <message>
        <source>older take</source>
        <translation>старый дубль</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>изменён</translation>
    </message>
    <message>
        <source>an older take is chosen than the one of these words</source>
        <translation>выбран дубль старше, чем дубль по этим словам</translation>
    </message>
    <message>
        <source>changed since it was drawn</source>
        <translation>изменён после рисования</translation>
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
        <translation>{0} ч {1} мин</translation>
    </message>
</context>
<context>
    <name>error</name>
    <message>
        <source>cannot write {path}: {reason}</source>
        <translation>не удаётся записать {path}: {reason}</translation>
    </message>
    <message>
        <source>cannot read {path}: {reason}</source>
        <translation>не удаётся прочитать {path}: {reason}</translation>
    </message>
    <message>
        <source>cannot move {path}: {reason}</source>
        <translation>не удаётся переместить {path}: {reason}</translation>
    </message>
    <message>
        <source>cannot open {folder}: {reason}</source>
        <translation>не удаётся открыть {folder}: {reason}</translation>
    </message>
    <message>
        <source>cannot make the folder {path}: {reason}</source>
        <translation>не удаётся создать папку {path}: {reason}</translation>
    </message>
    <message>
        <source>the disk is full: free some space</source>
        <translation>диск заполнен: освободите место</translation>
    </message>
    <message>
        <source>the disk quota is used up: free some space</source>
        <translation>квота на диске исчерпана: освободите место</translation>
    </message>
    <message>
        <source>the disk is read-only: choose another folder</source>
        <translation>диск только для чтения: выберите другую папку</translation>
    </message>
    <message>
        <source>no permission: choose another folder, or change its permissions</source>
        <translation>нет прав: выберите другую папку или измените её права</translation>
    </message>
    <message>
        <source>a part of the path is a file, not a folder: choose another folder</source>
        <translation>часть пути — файл, а не папка: выберите другую папку</translation>
    </message>
    <message>
        <source>the folder is gone: was it moved, or a disk unplugged?</source>
        <translation>папки больше нет: её переместили или диск отключён?</translation>
    </message>
    <message>
        <source>the disk reports an error: copy the project to another disk</source>
        <translation>диск сообщает об ошибке: скопируйте проект на другой диск</translation>
    </message>
    <message>
        <source>{folder} is already open in {holder}: close it there first</source>
        <translation>{folder} уже открыта ({holder}): сначала закройте её там</translation>
    </message>
    <message>
        <source>{folder} is no storyboard project: it holds no {record}</source>
        <translation>{folder} — не раскадровка: в папке нет {record}</translation>
    </message>
    <message>
        <source>{folder} is a file, not a project folder: check the path</source>
        <translation>{folder} — файл, а не папка раскадровки: проверьте путь</translation>
    </message>
    <message>
        <source>{folder} does not exist: check the path of the project</source>
        <translation>{folder} не существует: проверьте путь к раскадровке</translation>
    </message>
    <message>
        <source>{folder} holds neither a snapshot nor a panel to rebuild the board from</source>
        <translation>в {folder} нет ни снимков, ни кадров, из которых можно восстановить раскадровку</translation>
    </message>
    <message>
        <source>{source} has format {version}, made by a newer version of Storyboard; this one reads up to {format}: update Storyboard</source>
        <translation>{source} — формат {version}, от более новой версии Storyboard; эта читает до {format}: обновите Storyboard</translation>
    </message>
    <message>
        <source>{source}{where}: this is not YAML ({problem})</source>
        <translation>{source}{where}: это не YAML ({problem})</translation>
    </message>
    <message>
        <source>{source} is empty: restore it from a snapshot</source>
        <translation>{source}: файл пуст, восстановите его из снимка</translation>
    </message>
    <message>
        <source>this panel cannot be split: its action is a single word or empty</source>
        <translation>этот кадр нельзя разделить: его действие пусто или в нём одно слово</translation>
    </message>
    <message>
        <source>a board has at most {max_panels} panels: begin another board</source>
        <translation>в раскадровке не больше {max_panels} кадров: начните другую</translation>
    </message>
    <message>
        <source>there is already a character called {name}</source>
        <translation>герой с именем {name} уже есть</translation>
    </message>
    <message>
        <source>aspect {aspect} is not a frame: write width:height between 1:4 and 4:1, for example 16:9, 2.39:1, 1:1 or 9:16</source>
        <translation>{aspect} — не формат кадра: напишите ширину:высоту от 1:4 до 4:1, например 16:9, 2.39:1, 1:1 или 9:16</translation>
    </message>
    <message>
        <source>the story is empty: write at least one sentence</source>
        <translation>история пуста: напишите хотя бы одно предложение</translation>
    </message>
    <message>
        <source>the story has no words: write at least one sentence</source>
        <translation>в истории нет слов: напишите хотя бы одно предложение</translation>
    </message>
    <message>
        <source>{name} is not text: save it as plain text in UTF-8</source>
        <translation>{name} — не текст: сохраните его как обычный текст в UTF-8</translation>
    </message>
    <message>
        <source>{source} is not a picture this program reads: use {known}</source>
        <translation>{source} — не картинка, которую программа умеет читать: подойдут {known}</translation>
    </message>
    <message>
        <source>{source} does not exist: check the path of the picture</source>
        <translation>{source} не существует: проверьте путь к картинке</translation>
    </message>
    <message>
        <source>{source} is damaged or cut off: open it in an image editor and save it again</source>
        <translation>{source}: картинка повреждена или обрезана; откройте её в редакторе и сохраните заново</translation>
    </message>
    <message>
        <source>{source} is animated or has several pages: save one frame as PNG</source>
        <translation>{source}: в картинке несколько кадров или страниц; сохраните одну как PNG</translation>
    </message>
    <message>
        <source>model {path} does not exist: check the path</source>
        <translation>модель {path} не существует: проверьте путь</translation>
    </message>
    <message>
        <source>model {name} is not on this machine and huggingface.co cannot be reached: connect once to download it, or use the model &apos;starter&apos;</source>
        <translation>модели {name} нет на этом компьютере, и huggingface.co недоступен: подключитесь один раз, чтобы загрузить её, или выберите начальную модель</translation>
    </message>
    <message>
        <source>{path} is refused: pickled weights can run any program; use a .safetensors file</source>
        <translation>{path} не принимается: веса в формате pickle могут запустить любую программу; возьмите файл .safetensors</translation>
    </message>
    <message>
        <source>The render process {death}. It is started again; finished panels are safe.</source>
        <translation>Процесс рисования {death}. Он запускается снова; готовые кадры целы.</translation>
    </message>
    <message>
        <source>was ended by the system ({signal})</source>
        <translation>завершён системой ({signal})</translation>
    </message>
    <message>
        <source>ended unexpectedly (exit code {code})</source>
        <translation>неожиданно завершился (код {code})</translation>
    </message>
    <message>
        <source>panel {panel} cannot be drawn</source>
        <translation>кадр {panel} не удаётся нарисовать</translation>
    </message>
    <message>
        <source>the model cannot be loaded</source>
        <translation>модель не удаётся загрузить</translation>
    </message>
    <message>
        <source>{failure}: the render process {death}, twice; close other programs or choose a faster mode or a smaller model</source>
        <translation>{failure}: процесс рисования {death}, дважды; закройте другие программы или выберите режим быстрее или модель меньше</translation>
    </message>
    <message>
        <source>the disk or share does not answer: connect it again</source>
        <translation>диск или сетевая папка не отвечает: подключите их снова</translation>
    </message>
    <message>
        <source>the file system allows no file that large: choose another folder</source>
        <translation>файловая система не допускает таких больших файлов: выберите другую папку</translation>
    </message>
    <message>
        <source>a file has that name: choose another name</source>
        <translation>файл с таким именем уже есть: выберите другое имя</translation>
    </message>
    <message>
        <source>a folder has that name: choose another name</source>
        <translation>папка с таким именем уже есть: выберите другое имя</translation>
    </message>
    <message>
        <source>the name is too long: choose a shorter one</source>
        <translation>имя слишком длинное: выберите короче</translation>
    </message>
    <message>
        <source>this process has too many files open: close some boards</source>
        <translation>открыто слишком много файлов: закройте несколько раскадровок</translation>
    </message>
    <message>
        <source>the machine has too many files open: close some programs</source>
        <translation>на компьютере открыто слишком много файлов: закройте другие программы</translation>
    </message>
    <message>
        <source>the machine has no memory left: close some programs</source>
        <translation>на компьютере не осталось памяти: закройте другие программы</translation>
    </message>
    <message>
        <source>cannot remove {path}: {reason}</source>
        <translation>не удаётся убрать {path}: {reason}</translation>
    </message>
    <message>
        <source>cannot look at {path}: {reason}</source>
        <translation>не удаётся посмотреть {path}: {reason}</translation>
    </message>
    <message>
        <source>{path} cannot be written: {strerror}</source>
        <translation>не удаётся записать {path}: {strerror}</translation>
    </message>
    <message>
        <source>another window or command</source>
        <translation>другое окно или команда</translation>
    </message>
    <message>
        <source>{folder} already holds a storyboard: open it, or choose another folder</source>
        <translation>в {folder} уже есть раскадровка: откройте её или выберите другую папку</translation>
    </message>
    <message>
        <source>{folder} is not empty (it holds {foreign}): choose an empty or new folder</source>
        <translation>{folder} — не пустая папка (в ней {foreign}): выберите пустую или новую</translation>
    </message>
    <message>
        <source>{folder} is a file: choose a folder for the project</source>
        <translation>{folder} — файл: выберите папку для раскадровки</translation>
    </message>
    <message>
        <source>{folder} is no project folder: check the path</source>
        <translation>{folder} — не папка раскадровки: проверьте путь</translation>
    </message>
    <message>
        <source>{path} is not a plain file ({strerror}): put a copy there</source>
        <translation>{path} — не обычный файл ({strerror}): положите туда копию</translation>
    </message>
    <message>
        <source>{path} is not a plain file: put a real copy there, or remove it</source>
        <translation>{path} — не обычный файл: положите туда настоящую копию или уберите его</translation>
    </message>
    <message>
        <source>{folder} is a link: links could lead out of the project</source>
        <translation>{folder} — ссылка: ссылки могут вести за пределы раскадровки</translation>
    </message>
    <message>
        <source>{path} cannot be made: is {folder} still a folder?</source>
        <translation>{path} не создаётся: {folder} всё ещё папка?</translation>
    </message>
    <message>
        <source>{path} is no plain file of its own: remove it</source>
        <translation>{path} — не собственный обычный файл: уберите его</translation>
    </message>
    <message>
        <source>{folder} is being written by another machine all the time: close the project there</source>
        <translation>{folder} всё время записывает другой компьютер: закройте раскадровку там</translation>
    </message>
    <message>
        <source>it is a link: links could lead out of the project</source>
        <translation>это ссылка: ссылки могут вести за пределы раскадровки</translation>
    </message>
    <message>
        <source>{name} is not in UTF-8: read as {encoding}; save it as UTF-8 if letters are wrong</source>
        <translation>{name} не в UTF-8: прочитано как {encoding}; если буквы неверны, сохраните файл в UTF-8</translation>
    </message>
    <message>
        <source>{path} is a document of {program}, which only it can read: export it there as Fountain (.fountain) or Final Draft (.fdx)</source>
        <translation>{path} — документ {program}, который читает только эта программа: экспортируйте его там в Fountain (.fountain) или Final Draft (.fdx)</translation>
    </message>
    <message>
        <source>new {field}: {text}</source>
        <translation>новое ({field}): {text}</translation>
    </message>
    <message>
        <source>your own {field} stays; the story has: {text}</source>
        <translation>ваше ({field}) остаётся; в тексте: {text}</translation>
    </message>
    <message>
        <source>your own prompt stays</source>
        <translation>ваш запрос остаётся</translation>
    </message>
    <message>
        <source>action</source>
        <translation>действие</translation>
    </message>
    <message>
        <source>dialogue</source>
        <translation>реплики</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>место</translation>
    </message>
    <message>
        <source>time</source>
        <translation>время</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>персонажи</translation>
    </message>
    <message>
        <source>note</source>
        <translation>заметка</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>секунды</translation>
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
        <translation>движение камеры</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>запрос</translation>
    </message>
    <message>
        <source>scene</source>
        <translation>сцена</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>зерно</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>не в экспорте</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>пусто</translation>
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
        <translation>заметка: {text}</translation>
    </message>
    <message>
        <source>it is a folder, not a file</source>
        <translation>это папка, а не файл</translation>
    </message>
    <message>
        <source>it is no plain file</source>
        <translation>это не обычный файл</translation>
    </message>
    <message>
        <source>{source} was cut short, its last line is missing: copy the whole file again</source>
        <translation>{source} обрывается, последней строки нет: скопируйте файл целиком ещё раз</translation>
    </message>
    <message>
        <source>{source}, line {line}: this is not UTF-8 text</source>
        <translation>{source}, строка {line}: это не текст UTF-8</translation>
    </message>
    <message>
        <source>{source} is larger than {max_bytes} MB: is it the right file?</source>
        <translation>{source} больше {max_bytes} МБ: тот ли это файл?</translation>
    </message>
    <message>
        <source>{source}: this is not YAML text ({problem})</source>
        <translation>{source}: это не текст YAML ({problem})</translation>
    </message>
    <message>
        <source>{line}: nested or long beyond any storyboard</source>
        <translation>{line}: вложено глубже или длиннее любой раскадровки</translation>
    </message>
    <message>
        <source>{line}: aliases (&amp; and *) are not read; write it out</source>
        <translation>{line}: псевдонимы (&amp; и *) не читаются; напишите целиком</translation>
    </message>
    <message>
        <source>{line}: the tag {tag} is not read; remove it</source>
        <translation>{line}: тег {tag} не читается; уберите его</translation>
    </message>
    <message>
        <source>{source}, line {line}: {key} {problem}</source>
        <translation>{source}, строка {line}: {key} {problem}</translation>
    </message>
    <message>
        <source>must be a list of &apos;key: value&apos; lines</source>
        <translation>— здесь нужен список строк «ключ: значение»</translation>
    </message>
    <message>
        <source>must be a list</source>
        <translation>— здесь нужен список</translation>
    </message>
    <message>
        <source>must be true or false</source>
        <translation>— здесь нужно true или false</translation>
    </message>
    <message>
        <source>must be a whole number from {low} to {high}</source>
        <translation>— здесь нужно целое число от {low} до {high}</translation>
    </message>
    <message>
        <source>must be a number from {low} to {high}</source>
        <translation>— здесь нужно число от {low} до {high}</translation>
    </message>
    <message>
        <source>must be one of: {keys}</source>
        <translation>— здесь нужно одно из: {keys}</translation>
    </message>
    <message>
        <source>is {number}; it must be from {low} to {high}</source>
        <translation>— {number}, а нужно от {low} до {high}</translation>
    </message>
    <message>
        <source>is longer than {limit} characters</source>
        <translation>— длиннее допустимого, знаков: {limit}</translation>
    </message>
    <message>
        <source>has {count} members; at most {limit} are possible</source>
        <translation>— элементов {count}, а можно не больше {limit}</translation>
    </message>
    <message>
        <source>is there twice; remove one</source>
        <translation>встречается дважды; уберите одно</translation>
    </message>
    <message>
        <source>lacks the key {name}</source>
        <translation>— нет ключа {name}</translation>
    </message>
    <message>
        <source>is not a key of this file; did you mean {near}?</source>
        <translation>— такого ключа в этом файле нет; может быть, {near}?</translation>
    </message>
    <message>
        <source>is not a key of this file; the keys are {keys}</source>
        <translation>— такого ключа в этом файле нет; есть ключи {keys}</translation>
    </message>
    <message>
        <source>is empty; a board needs at least one shot</source>
        <translation>— пусто; в раскадровке нужен хотя бы один кадр</translation>
    </message>
    <message>
        <source>is empty; say what happens in the shot</source>
        <translation>— пусто; напишите, что происходит в кадре</translation>
    </message>
    <message>
        <source>must be a colour such as &apos;#d32f2f&apos;</source>
        <translation>— здесь нужен цвет, например &apos;#d32f2f&apos;</translation>
    </message>
    <message>
        <source>must be words, without characters that cannot be seen</source>
        <translation>— здесь нужны слова без невидимых знаков</translation>
    </message>
    <message>
        <source>has a place that cannot be, {word}: write across,down from 0 to 1</source>
        <translation>— невозможное место {word}: напишите поперёк,вниз от 0 до 1</translation>
    </message>
    <message>
        <source>{source} was made by a newer version of Storyboard: update Storyboard</source>
        <translation>{source} — от более новой версии Storyboard: обновите Storyboard</translation>
    </message>
    <message>
        <source>{path} is not UTF-8 text: mend it, or remove it</source>
        <translation>{path} — не текст UTF-8: исправьте или уберите файл</translation>
    </message>
    <message>
        <source>{record} was edited since it was saved{panels}</source>
        <translation>{record}: после сохранения файл правили{panels}</translation>
    </message>
    <message>
        <source>, and has {count} panels where it had {before}</source>
        <translation>, и кадров в нём {count}, а было {before}</translation>
    </message>
    <message>
        <source>{record} {who} meanwhile, and {shown} changed here too: theirs is kept as snapshot {number}, everything else is on the board</source>
        <translation>{record}: файл тем временем {who}, и здесь тоже изменено: {shown}; тот вариант сохранён как снимок {number}, всё остальное на раскадровке</translation>
    </message>
    <message>
        <source>{record} {who} meanwhile: its changes are on the board</source>
        <translation>{record}: файл тем временем {who}; изменения уже на раскадровке</translation>
    </message>
    <message>
        <source>was edited by hand</source>
        <translation>изменён вручную</translation>
    </message>
    <message>
        <source>was saved by another window or machine</source>
        <translation>сохранён другим окном или компьютером</translation>
    </message>
    <message>
        <source>the head of the board</source>
        <translation>шапка раскадровки</translation>
    </message>
    <message>
        <source>{record} was damaged by something else meanwhile: kept as {name}</source>
        <translation>{record}: файл тем временем повредило что-то другое; сохранён как {name}</translation>
    </message>
    <message>
        <source>finished pictures cannot join the board: {error}</source>
        <translation>готовые картинки не удаётся вернуть на раскадровку: {error}</translation>
    </message>
    <message>
        <source>the board is nearly as large as a board can be: its record has room for {room} more pictures, not for {takes}; take panels or takes off the board, or go on in a new project</source>
        <translation>раскадровка почти предельного размера: в записи есть место ещё для картинок: {room}, а нужно {takes}; уберите кадры или дубли или продолжите в новой раскадровке</translation>
    </message>
    <message>
        <source>panel {key} has {count} takes and can have {max_takes}: take some off it</source>
        <translation>у кадра {key} дублей {count}, а можно {max_takes}: уберите часть</translation>
    </message>
    <message>
        <source>the name {name}... has {count} letters, and a name can have {max_name}: shorten it</source>
        <translation>в имени {name}... букв {count}, а можно {max_name}: сократите его</translation>
    </message>
    <message>
        <source>{source} is missing or damaged: draw the panel again</source>
        <translation>{source} нет или файл повреждён: нарисуйте кадр заново</translation>
    </message>
    <message>
        <source>the picture for panel {key} is not a whole PNG: render it again</source>
        <translation>картинка кадра {key} — не целый PNG: нарисуйте его заново</translation>
    </message>
    <message>
        <source>select two or more panels to merge them</source>
        <translation>чтобы объединить, выберите два кадра или больше</translation>
    </message>
    <message>
        <source>a character needs a name</source>
        <translation>герою нужно имя</translation>
    </message>
    <message>
        <source>the board has no character {name}: check the name</source>
        <translation>в раскадровке нет героя {name}: проверьте имя</translation>
    </message>
    <message>
        <source>{name} is empty: write at least one sentence</source>
        <translation>{name}: файл пуст, напишите хотя бы одно предложение</translation>
    </message>
    <message>
        <source>{name} has more than {max_bytes} bytes: storyboard ten pages at a time</source>
        <translation>{name} больше {max_bytes} байт: раскадруйте по десять страниц</translation>
    </message>
    <message>
        <source>{path} is not a file: name a text file, or a shot list in YAML</source>
        <translation>{path} — не файл: укажите текст или список кадров в YAML</translation>
    </message>
    <message>
        <source>the story holds binary data: save it as plain text in UTF-8</source>
        <translation>в истории двоичные данные: сохраните её как обычный текст в UTF-8</translation>
    </message>
    <message>
        <source>the script has neither a scene nor a line, only notes or a title page: write at least a scene heading such as INT. KITCHEN - NIGHT</source>
        <translation>в сценарии нет ни сцены, ни реплики, только примечания или титул: напишите хотя бы заголовок сцены, например INT. KITCHEN - NIGHT</translation>
    </message>
    <message>
        <source>{source} is empty: it needs at least &apos;shots:&apos; with one shot</source>
        <translation>{source}: файл пуст, нужен хотя бы &apos;shots:&apos; с одним кадром</translation>
    </message>
    <message>
        <source>{name} has more than {max_bytes} bytes: save ten pages at a time</source>
        <translation>{name} больше {max_bytes} байт: сохраняйте по десять страниц</translation>
    </message>
    <message>
        <source>{name} is XML, but not Final Draft&apos;s: save the script as .fdx</source>
        <translation>{name} — XML, но не Final Draft: сохраните сценарий как .fdx</translation>
    </message>
    <message>
        <source>{name} is no whole Final Draft file (line {lineno}: {errorstring}): save it again in Final Draft as .fdx</source>
        <translation>{name} — не целый файл Final Draft (строка {lineno}: {errorstring}): сохраните его в Final Draft заново как .fdx</translation>
    </message>
    <message>
        <source>{name} is in an unknown encoding: save it again in Final Draft as .fdx</source>
        <translation>{name} — в неизвестной кодировке: сохраните в Final Draft заново как .fdx</translation>
    </message>
    <message>
        <source>{name} has no paragraph of a script in it: was it saved as .fdx from Final Draft?</source>
        <translation>в {name} нет ни одного абзаца сценария: он сохранён из Final Draft как .fdx?</translation>
    </message>
    <message>
        <source>{name} is nested deeper than any script: save it again</source>
        <translation>{name} — вложено глубже любого сценария: сохраните заново</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP, BMP or TIFF</source>
        <translation>PNG, JPEG, WebP, BMP или TIFF</translation>
    </message>
    <message>
        <source>{too_large} (it is {width}x{height})</source>
        <translation>{too_large} (сейчас {width}x{height})</translation>
    </message>
    <message>
        <source>{source} has more than {most} megapixels: use a smaller copy</source>
        <translation>{source}: больше {most} мегапикселей; возьмите копию поменьше</translation>
    </message>
    <message>
        <source>{source} is larger than {picture_bytes} MB: use a smaller copy</source>
        <translation>{source}: больше {picture_bytes} МБ; возьмите копию поменьше</translation>
    </message>
    <message>
        <source>{source} has no pixels: use another picture</source>
        <translation>{source}: в картинке нет пикселей; возьмите другую</translation>
    </message>
    <message>
        <source>{source} has more than {jpeg_scans} scans: save it again as PNG</source>
        <translation>{source}: проходов больше {jpeg_scans}; сохраните заново как PNG</translation>
    </message>
    <message>
        <source>{source} is a folder: name a picture file ({known})</source>
        <translation>{source} — папка: укажите файл картинки ({known})</translation>
    </message>
    <message>
        <source>{source} is not a regular file: name a picture file ({known})</source>
        <translation>{source} — не обычный файл: укажите файл картинки ({known})</translation>
    </message>
    <message>
        <source>{source} is damaged: save it again as PNG or JPEG</source>
        <translation>{source}: картинка повреждена; сохраните заново как PNG или JPEG</translation>
    </message>
    <message>
        <source>{name} fills the frame with only {size} pixels: use a larger picture</source>
        <translation>{name} заполняет кадр, но даёт только {size} пикселей: возьмите картинку побольше</translation>
    </message>
    <message>
        <source>{folder} has no panel {key}: was it removed meanwhile?</source>
        <translation>в {folder} нет кадра {key}: его тем временем убрали?</translation>
    </message>
    <message>
        <source>the reference picture {path} cannot be read: {reason}</source>
        <translation>образец {path} не удаётся прочитать: {reason}</translation>
    </message>
    <message>
        <source>the reference picture {path} has changed: add it again</source>
        <translation>образец {path} изменился: добавьте его снова</translation>
    </message>
    <message>
        <source>the reference picture {sha} of {character} has changed since: put the original file back into the project&apos;s references folder</source>
        <translation>образец {sha} ({character}) с тех пор изменился: верните исходный файл в папку references раскадровки</translation>
    </message>
    <message>
        <source>the reference picture {sha} of {character} is missing: put the project&apos;s references folder back beside its panels</source>
        <translation>образца {sha} ({character}) нет: верните папку references раскадровки на место, рядом с её кадрами</translation>
    </message>
    <message>
        <source>a reference picture of {character} has more than {most} million pixels: make it smaller</source>
        <translation>образец, {character}: больше {most} мегапикселей; уменьшите его</translation>
    </message>
    <message>
        <source>a reference picture of {character} cannot be read ({error}): give a PNG or JPEG file</source>
        <translation>образец, {character}: не читается ({error}); возьмите файл PNG или JPEG</translation>
    </message>
    <message>
        <source>{character} has no reference picture: add one, or use scale 0</source>
        <translation>{character}: нет образца; добавьте его или поставьте силу 0</translation>
    </message>
    <message>
        <source>{file} is not an SDXL checkpoint: it has no {part}</source>
        <translation>{file} — не модель SDXL: не хватает части «{part}»</translation>
    </message>
    <message>
        <source>the starter model is missing from {starter}: {cure}</source>
        <translation>начальной модели нет в {starter}: {cure}</translation>
    </message>
    <message>
        <source>get the model again, whole</source>
        <translation>получите модель заново, целиком</translation>
    </message>
    <message>
        <source>get the file again</source>
        <translation>получите файл заново</translation>
    </message>
    <message>
        <source>model folder {root} lacks {name}; the {pickled} beside it is pickled and refused: convert it to safetensors</source>
        <translation>в папке модели {root} нет {name}; рядом лежит {pickled} в формате pickle, он не принимается: преобразуйте его в safetensors</translation>
    </message>
    <message>
        <source>model folder {root} lacks {name}: {cure}</source>
        <translation>в папке модели {root} нет {name}: {cure}</translation>
    </message>
    <message>
        <source>model {name} in {root} cannot be loaded ({reason}): get the model again, whole</source>
        <translation>модель {name} в {root} не загружается ({reason}): получите её заново, целиком</translation>
    </message>
    <message>
        <source>model {name} is not complete, here or on huggingface.co ({lacks}): connect once to finish the download, or choose another model</source>
        <translation>модель {name} неполна и здесь, и на huggingface.co ({lacks}): подключитесь, чтобы закончить загрузку, или выберите другую</translation>
    </message>
    <message>
        <source>model {name} could not be downloaded ({reason}): check its name and the free disk space, and try again; what has arrived is kept</source>
        <translation>модель {name} не загрузилась ({reason}): проверьте имя и место на диске и попробуйте снова; что уже загружено, сохранено</translation>
    </message>
    <message>
        <source>model {name} was loaded without an IP-Adapter: name one, or switch the identity lock off</source>
        <translation>модель {name} загружена без IP-Adapter: укажите его или выключите удержание внешности</translation>
    </message>
    <message>
        <source>{name} is no hub id: write it as owner/name</source>
        <translation>{name} — не имя модели на сайте: напишите владелец/имя</translation>
    </message>
    <message>
        <source>{folder} is damaged: SHA-256 {found}, expected {sha256}: {cure}</source>
        <translation>{folder} повреждён: SHA-256 {found}, ожидалось {sha256}: {cure}</translation>
    </message>
    <message>
        <source>{file} is damaged or no safetensors file ({error}): {cure}</source>
        <translation>{file} повреждён, или это не файл safetensors ({error}): {cure}</translation>
    </message>
    <message>
        <source>{root} cannot be used: {problem}: {cure}</source>
        <translation>{root} нельзя использовать: {problem}: {cure}</translation>
    </message>
    <message>
        <source>IP-Adapter {adapter} does not exist: give a folder or a hub id such as h94/IP-Adapter</source>
        <translation>IP-Adapter {adapter} не существует: укажите папку или имя вроде h94/IP-Adapter</translation>
    </message>
    <message>
        <source>IP-Adapter {file} does not fit this model ({reason}): choose an adapter made for it, or switch the identity lock off</source>
        <translation>IP-Adapter {file} не подходит этой модели ({reason}): выберите сделанный для неё или выключите удержание внешности</translation>
    </message>
    <message>
        <source>few-step adapter {file} does not exist: check the path</source>
        <translation>адаптер для малого числа шагов {file} не существует: проверьте путь</translation>
    </message>
    <message>
        <source>LoRA {file} does not fit this model ({reason}): choose one that was made for it</source>
        <translation>LoRA {file} не подходит этой модели ({reason}): выберите сделанную для неё</translation>
    </message>
    <message>
        <source>was ended by the system (signal {number})</source>
        <translation>завершён системой (сигнал {number})</translation>
    </message>
    <message>
        <source>the story has {letters} letters and at most {most} can be planned at once: split it into chapters and make a storyboard of each</source>
        <translation>в тексте {letters} букв, а за один раз можно разобрать не больше {most}: разделите его на главы и сделайте раскадровку каждой</translation>
    </message>
    <message>
        <source>{path} is no model: give a .safetensors or .gguf file or a folder</source>
        <translation>{path} — не модель: укажите файл .safetensors или .gguf либо папку</translation>
    </message>
    <message>
        <source>unknown model &apos;{name}&apos;: use &apos;starter&apos;, a hub id such as {example}, a folder or a .safetensors or .gguf file</source>
        <translation>неизвестная модель &apos;{name}&apos;: укажите &apos;starter&apos;, имя на хабе вроде {example}, папку либо файл .safetensors или .gguf</translation>
    </message>
    <message>
        <source>the render failed ({reason}): try it again</source>
        <translation>рисование не удалось ({reason}): попробуйте ещё раз</translation>
    </message>
    <message>
        <source>panel {panel} ran out of memory at {width}x{height}, whatever was done to need less: {cure}; finished panels are kept</source>
        <translation>кадру {panel} не хватило памяти при {width}x{height}, несмотря на все меры: {cure}; готовые кадры сохранены</translation>
    </message>
    <message>
        <source>close other programs</source>
        <translation>закройте другие программы</translation>
    </message>
    <message>
        <source>the memory does not suffice: drawn smaller, {width}x{height}</source>
        <translation>памяти не хватает: нарисовано меньше, {width}x{height}</translation>
    </message>
    <message>
        <source>no picture: drawn again, {number} of {draws}</source>
        <translation>не картинка: рисуется снова, {number} из {draws}</translation>
    </message>
    <message>
        <source>people: {seen} instead of {people}; drawn again, {number} of {draws}</source>
        <translation>людей на картинке: {seen} вместо {people}; рисуется снова, {number} из {draws}</translation>
    </message>
    <message>
        <source>measuring once what is fastest on this machine</source>
        <translation>один раз измеряем, что на этом компьютере быстрее всего</translation>
    </message>
    <message>
        <source>first run with this GPU and these versions: comparing it with the CPU</source>
        <translation>первый запуск с этим GPU и этими версиями: сравниваем его с процессором</translation>
    </message>
    <message>
        <source>the program&apos;s own file assets/{parts} is missing: install Storyboard again</source>
        <translation>собственного файла программы assets/{parts} нет: установите Storyboard заново</translation>
    </message>
    <message>
        <source>{source} cannot be read ({reason}): check the path</source>
        <translation>{source} не читается ({reason}): проверьте путь</translation>
    </message>
    <message>
        <source>{path} cannot be read ({error}): check the file</source>
        <translation>{path} не читается ({error}): проверьте файл</translation>
    </message>
    <message>
        <source>{path} cannot be read: {strerror}</source>
        <translation>{path} не читается: {strerror}</translation>
    </message>
    <message>
        <source>{name} is no shot list: its first row must have the columns that the export as a shot list in CSV writes, panel and another one at least</source>
        <translation>{name} не список планов: в первой строке должны быть столбцы, которые пишет экспорт в список планов CSV, хотя бы panel и ещё один</translation>
    </message>
    <message>
        <source>no language model answers on this machine (looked at the ports {ports}): start LM Studio, Ollama or another server, or choose the rules in the preferences</source>
        <translation>на этом компьютере не отвечает ни одна языковая модель (проверены порты {ports}): запустите LM Studio, Ollama или другой сервер или выберите правила в настройках</translation>
    </message>
    <message>
        <source>the planner&apos;s address {address} is not on this machine, and only a setting names it: choose another planner in the preferences</source>
        <translation>адрес {address} не на этом компьютере, и назван он только в настройке: выберите другую разбивку в настройках</translation>
    </message>
    <message>
        <source>this system has no voice to speak the dialogue with: install espeak-ng, or let the dialogue be silent</source>
        <translation>в системе нет голоса для реплик: установите espeak-ng или оставьте реплики без звука</translation>
    </message>
    <message>
        <source>{program} could not speak a line: let the dialogue be silent</source>
        <translation>{program} не может произнести реплику: оставьте реплики без звука</translation>
    </message>
    <message>
        <source>the model {name} is not on this machine, and only this board asks for it: press Draw, and you are asked before it is downloaded</source>
        <translation>модели {name} нет на этом компьютере, и просит о ней только эта раскадровка: нажмите «Рисовать», и перед загрузкой вас спросят</translation>
    </message>
    <message>
        <source>{record} is missing: the board can be rebuilt from its pictures</source>
        <translation>{record} нет: раскадровку можно восстановить из её картинок</translation>
    </message>
    <message>
        <source>{error}; mend it there, or rebuild the board from its pictures</source>
        <translation>{error}; исправьте это там или восстановите раскадровку из её картинок</translation>
    </message>
    <message>
        <source>{places} is not for a board to say: remove it there, and set it in the preferences</source>
        <translation>{places}: раскадровка не может этого решать; уберите это оттуда и задайте в настройках</translation>
    </message>
    <message>
        <source>panel {panel} came out as no picture (NaN) on {device} {dtype}, {count} times, with the last seed too: try another model</source>
        <translation>кадр {panel} не получился (NaN) на {device} {dtype}, попыток: {count}, и с последним зерном тоже: попробуйте другую модель</translation>
    </message>
    <message>
        <source>{path} is there already, and was not written by Storyboard or was changed since: choose another name, or remove it first</source>
        <translation>{path} уже есть, и записала его не Storyboard, или с тех пор он изменён: выберите другое имя или сначала уберите его</translation>
    </message>
    <message>
        <source>{argument} does not exist: check the path of the story</source>
        <translation>{argument} не существует: проверьте путь к истории</translation>
    </message>
    <message>
        <source>{panels} holds pictures that the board does not know ({first}{others}); they stay there</source>
        <translation>в {panels} есть картинки, которых раскадровка не знает ({first}{others}); они остаются там</translation>
    </message>
    <message>
        <source>{doing} ran out of memory: close other programs, or draw a smaller frame; finished panels are kept</source>
        <translation>{doing}: не хватило памяти; закройте другие программы или рисуйте в меньшем кадре; готовые кадры сохранены</translation>
    </message>
    <message>
        <source>draw it at {width}x{height}, or {cure}</source>
        <translation>нарисуйте его в {width}x{height}, или {cure}</translation>
    </message>
    <message>
        <source>an MP4 needs the program ffmpeg: install it (on macOS: brew install ffmpeg), or choose QuickTime, GIF or WebP, which need nothing</source>
        <translation>для MP4 нужна программа ffmpeg: установите её (в macOS: brew install ffmpeg) или выберите QuickTime, GIF или WebP, которым ничего не нужно</translation>
    </message>
    <message>
        <source>{program} has no encoder for MP4 that works here: install another build, or choose QuickTime, GIF or WebP</source>
        <translation>в {program} нет работающего здесь кодировщика MP4: установите другую сборку или выберите QuickTime, GIF или WebP</translation>
    </message>
    <message>
        <source>the film would have more than {most_pictures} pictures: choose MP4 or QuickTime</source>
        <translation>в фильме было бы больше {most_pictures} картинок: выберите MP4 или QuickTime</translation>
    </message>
    <message>
        <source>the film would be longer than {longest} hours: shorten the board</source>
        <translation>фильм был бы длиннее {longest} ч: сократите раскадровку</translation>
    </message>
    <message>
        <source>{name} of panel {row} is too long for a spreadsheet&apos;s cell, which holds {longest_cell} letters: choose the shot list as CSV</source>
        <translation>{name} кадра {row} не помещается в ячейку таблицы, где бывает {longest_cell} букв: выберите список кадров в CSV</translation>
    </message>
    <message>
        <source>install Storyboard again</source>
        <translation>установите Storyboard заново</translation>
    </message>
    <message>
        <source>no schedule of {steps} steps was measured for this model: choose another schedule</source>
        <translation>для этой модели не измерено расписание из {steps} шагов: выберите другое</translation>
    </message>
    <message>
        <source>no model is named that lets pictures move: name one in the preferences, such as {known}</source>
        <translation>модель, которая оживляет кадры, не названа: назовите её в настройках, например {known}</translation>
    </message>
    <message>
        <source>draw with the few-step adapter {name}</source>
        <translation>рисовать с адаптером для малого числа шагов {name}</translation>
    </message>
    <message>
        <source>draw drafts in mode {mode}</source>
        <translation>рисовать черновики в режиме {mode}</translation>
    </message>
    <message>
        <source>draw in {steps} steps</source>
        <translation>рисовать за {steps} шага</translation>
    </message>
    <message>
        <source>draw with {model}</source>
        <translation>рисовать моделью {model}</translation>
    </message>
    <message>
        <source>guide with {scale} again</source>
        <translation>снова вести со шкалой {scale}</translation>
    </message>
    <message>
        <source>set acceleration to {name}</source>
        <translation>ускорение: {name}</translation>
    </message>
    <message>
        <source>decode with the tiny decoder</source>
        <translation>декодировать маленьким декодером</translation>
    </message>
    <message>
        <source>draw with {sampler}, {schedule}, {steps} steps</source>
        <translation>рисовать с {sampler}, {schedule}, {steps} шагов</translation>
    </message>
    <message>
        <source>draw drafts {width} pixels wide</source>
        <translation>рисовать черновики шириной {width} пикселей</translation>
    </message>
    <message>
        <source>draw in the frame that the model draws best</source>
        <translation>рисовать в размере, который модель рисует лучше всего</translation>
    </message>
    <message>
        <source>draw with one LoRA instead of {count}</source>
        <translation>рисовать с одной LoRA вместо {count}</translation>
    </message>
    <message>
        <source>do not measure likeness and prompt of every panel</source>
        <translation>не измерять сходство и промпт каждого кадра</translation>
    </message>
    <message>
        <source>make no preview pictures</source>
        <translation>не делать предварительных картинок</translation>
    </message>
    <message>
        <source>draw with the model&apos;s whole weights instead of {kind}</source>
        <translation>рисовать целыми весами модели вместо {kind}</translation>
    </message>
    <message>
        <source>keep the weights as {kind}</source>
        <translation>хранить веса как {kind}</translation>
    </message>
    <message>
        <source>keep the weights as {kind}, so that all parts stay in memory</source>
        <translation>хранить веса как {kind}, чтобы все части оставались в памяти</translation>
    </message>
    <message>
        <source>draw with the model&apos;s {kind} file (.gguf)</source>
        <translation>рисовать файлом модели {kind} (.gguf)</translation>
    </message>
    <message>
        <source>keep the weights as Q8_0</source>
        <translation>хранить веса как Q8_0</translation>
    </message>
    <message>
        <source>let the tuning decide about attention in slices</source>
        <translation>пусть настройка решает о внимании по частям</translation>
    </message>
    <message>
        <source>let the tuning decide about channels last</source>
        <translation>пусть настройка решает о порядке каналов</translation>
    </message>
    <message>
        <source>compute in half precision</source>
        <translation>считать с половинной точностью</translation>
    </message>
    <message>
        <source>move panels with {instead}</source>
        <translation>оживлять кадры с помощью {instead}</translation>
    </message>
    <message>
        <source>wear the adapters HIGH and LOW for {steps} steps</source>
        <translation>надеть адаптеры HIGH и LOW на {steps} шага</translation>
    </message>
    <message>
        <source>skip at most 3 steps in a row, at a threshold of 0.06</source>
        <translation>пропускать не более 3 шагов подряд при пороге 0.06</translation>
    </message>
    <message>
        <source>move panels at 832x480</source>
        <translation>оживлять кадры в размере 832x480</translation>
    </message>
    <message>
        <source>move panels for {frames} frames</source>
        <translation>оживлять кадры на {frames} кадров плёнки</translation>
    </message>
    <message>
        <source>draw {fps} frames a second: {frames} for the same length</source>
        <translation>{fps} кадров в секунду: {frames} на ту же длину</translation>
    </message>
    <message>
        <source>interpolate no frames</source>
        <translation>не интерполировать кадры</translation>
    </message>
    <message>
        <source>encode films with the machine&apos;s own encoder</source>
        <translation>кодировать фильмы аппаратным кодировщиком</translation>
    </message>
    <message>
        <source>draw in mode {mode}</source>
        <translation>рисовать в режиме {mode}</translation>
    </message>
    <message>
        <source>draw without the few-step adapter, in mode {mode}</source>
        <translation>рисовать без адаптера для малого числа шагов, в режиме {mode}</translation>
    </message>
    <message>
        <source>decode with the model&apos;s own decoder</source>
        <translation>декодировать собственным декодером модели</translation>
    </message>
    <message>
        <source>measure likeness and prompt of every panel</source>
        <translation>измерять сходство и промпт каждого кадра</translation>
    </message>
    <message>
        <source>advice ({rules}): {told} s a panel were predicted, {measured} s were measured ({off})</source>
        <translation>совет ({rules}): ожидалось {told} с на кадр, измерено {measured} с ({off})</translation>
    </message>
    <message>
        <source>fits this machine&apos;s memory</source>
        <translation>помещается в память этого компьютера</translation>
    </message>
    <message>
        <source>fits with text encoders and network read in turn</source>
        <translation>помещается, если читать кодировщики текста и сеть по очереди</translation>
    </message>
    <message>
        <source>does not fit this machine&apos;s memory</source>
        <translation>не помещается в память этого компьютера</translation>
    </message>
    <message>
        <source>fits as a file of {storage}, which storyboard convert writes</source>
        <translation>помещается файлом {storage}, который пишет storyboard convert</translation>
    </message>
    <message>
        <source>ships with the program</source>
        <translation>поставляется с программой</translation>
    </message>
    <message>
        <source>{size} GB to download</source>
        <translation>загрузить {size} ГБ</translation>
    </message>
    <message>
        <source>{size} GB, downloaded</source>
        <translation>{size} ГБ, загружено</translation>
    </message>
    <message>
        <source>licence: {licence}</source>
        <translation>лицензия: {licence}</translation>
    </message>
    <message>
        <source>licence: {licence}, not for commercial use</source>
        <translation>лицензия: {licence}, не для коммерческого использования</translation>
    </message>
    <message>
        <source>needs an account at huggingface.co that has accepted its terms</source>
        <translation>нужна учётная запись на huggingface.co, принявшая условия</translation>
    </message>
    <message>
        <source>draws</source>
        <translation>рисует</translation>
    </message>
    <message>
        <source>draws and edits</source>
        <translation>рисует и изменяет</translation>
    </message>
    <message>
        <source>looks at up to {count} reference pictures</source>
        <translation>смотрит на эталонные картинки, не больше {count}</translation>
    </message>
    <message>
        <source>negative prompt: {kind}</source>
        <translation>негативный промпт: {kind}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>doubles every step</source>
        <translation>удваивает каждый шаг</translation>
    </message>
    <message>
        <source>measured: {times}</source>
        <translation>измерено: {times}</translation>
    </message>
    <message>
        <source>about: {times}</source>
        <translation>около: {times}</translation>
    </message>
</context>
<context>
    <name>merge</name>
    <message>
        <source>stay: {0}</source>
        <translation>остаются: {0}</translation>
    </message>
    <message>
        <source>change: {0}</source>
        <translation>меняются: {0}</translation>
    </message>
    <message>
        <source>stay as you wrote them: {0}</source>
        <translation>остаются, как вы написали: {0}</translation>
    </message>
    <message>
        <source>move: {0}</source>
        <translation>перемещаются: {0}</translation>
    </message>
    <message>
        <source>copies: {0}</source>
        <translation>копий: {0}</translation>
    </message>
    <message>
        <source>new: {0}</source>
        <translation>новые: {0}</translation>
    </message>
    <message>
        <source>leave: {0}</source>
        <translation>уходят: {0}</translation>
    </message>
    <message>
        <source>moves</source>
        <translation>перемещается</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>меняется</translation>
    </message>
    <message>
        <source>stays as you wrote it</source>
        <translation>остаётся, как вы написали</translation>
    </message>
    <message>
        <source>is a copy</source>
        <translation>копия</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>новая</translation>
    </message>
    <message>
        <source>leaves the board</source>
        <translation>уходит с раскадровки</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>остаётся</translation>
    </message>
</context>
<context>
    <name>rescue</name>
    <message>
        <source>not a picture</source>
        <translation>не картинка</translation>
    </message>
    <message>
        <source>black</source>
        <translation>чёрная</translation>
    </message>
    <message>
        <source>of one colour</source>
        <translation>одного цвета</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>шум</translation>
    </message>
    <message>
        <source>with too many people</source>
        <translation>с лишними людьми</translation>
    </message>
    <message>
        <source>with too few people</source>
        <translation>без кого-то из людей</translation>
    </message>
    <message>
        <source>still {0} after every attempt</source>
        <translation>и после всех попыток: {0}</translation>
    </message>
    <message>
        <source>drawn again: the first was {0}</source>
        <translation>нарисовано снова, первая попытка: {0}</translation>
    </message>
</context>
<context>
    <name>setting</name>
    <message>
        <source>Speed mode</source>
        <translation>Режим скорости</translation>
    </message>
    <message>
        <source>Steps a panel</source>
        <translation>Шагов на кадр</translation>
    </message>
    <message>
        <source>Strength of reference pictures</source>
        <translation>Сила образцов</translation>
    </message>
    <message>
        <source>Hold looks by reference pictures</source>
        <translation>Держать внешность по образцам</translation>
    </message>
    <message>
        <source>Half precision on the GPU</source>
        <translation>Половинная точность на GPU</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>Ускорение</translation>
    </message>
    <message>
        <source>Main character</source>
        <translation>Главный герой</translation>
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
        <source>How strictly the prompt is followed</source>
        <translation>Насколько строго следовать запросу</translation>
    </message>
    <message>
        <source>Weights laid out for speed</source>
        <translation>Веса разложены для скорости</translation>
    </message>
    <message>
        <source>Less memory, a little slower</source>
        <translation>Меньше памяти, немного медленнее</translation>
    </message>
    <message>
        <source>What pictures must not show</source>
        <translation>Чего не должно быть на картинках</translation>
    </message>
    <message>
        <source>Model for edits by words</source>
        <translation>Модель для правки словами</translation>
    </message>
    <message>
        <source>Model for clips</source>
        <translation>Модель для клипов</translation>
    </message>
    <message>
        <source>Frames of a clip</source>
        <translation>Кадров в клипе</translation>
    </message>
    <message>
        <source>Frames a second of clips</source>
        <translation>Кадров в секунду у клипов</translation>
    </message>
    <message>
        <source>Times as many frames by interpolation</source>
        <translation>Во сколько раз больше кадров интерполяцией</translation>
    </message>
    <message>
        <source>Model for reference pictures</source>
        <translation>Модель для образцов</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Сэмплер</translation>
    </message>
    <message>
        <source>Noise schedule</source>
        <translation>Расписание шума</translation>
    </message>
    <message>
        <source>Adapter for few steps</source>
        <translation>Адаптер для малого числа шагов</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Веса в памяти</translation>
    </message>
    <message>
        <source>LoRAs, one a line</source>
        <translation>LoRA, по одной в строке</translation>
    </message>
    <message>
        <source>Hires pass</source>
        <translation>Увеличение с прорисовкой</translation>
    </message>
    <message>
        <source>Face pass</source>
        <translation>Прорисовка лиц</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Набор настроек</translation>
    </message>
    <message>
        <source>Further phrases for the style</source>
        <translation>Дополнительные слова о стиле</translation>
    </message>
    <message>
        <source>Further phrases for what must not show</source>
        <translation>Дополнительно: чего не должно быть</translation>
    </message>
    <message>
        <source>LoRA weights by framing</source>
        <translation>Веса LoRA по крупности плана</translation>
    </message>
    <message>
        <source>Fetch missing models</source>
        <translation>Загружать недостающие модели</translation>
    </message>
    <message>
        <source>Measure likeness and prompt</source>
        <translation>Измерять сходство и запрос</translation>
    </message>
    <message>
        <source>Draws until the people are right, at most</source>
        <translation>Попыток, пока людей не столько, сколько нужно</translation>
    </message>
    <message>
        <source>Smaller frames where memory is short</source>
        <translation>Меньший кадр, если не хватает памяти</translation>
    </message>
    <message>
        <source>Width of a frame, pixels</source>
        <translation>Ширина кадра, пикселей</translation>
    </message>
    <message>
        <source>Panels a story</source>
        <translation>Кадров на историю</translation>
    </message>
    <message>
        <source>Planner</source>
        <translation>Разбивка на кадры</translation>
    </message>
    <message>
        <source>Frame of new boards</source>
        <translation>Формат новых раскадровок</translation>
    </message>
    <message>
        <source>Seed of new boards</source>
        <translation>Зерно новых раскадровок</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Бумага</translation>
    </message>
    <message>
        <source>Preview every so many steps</source>
        <translation>Предпросмотр раз в столько шагов</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>Герои</translation>
    </message>
    <message>
        <source>New boards and paper</source>
        <translation>Новые раскадровки и бумага</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Клипы</translation>
    </message>
    <message>
        <source>Speed and memory</source>
        <translation>Скорость и память</translation>
    </message>
    <message>
        <source>as installed</source>
        <translation>как установлено</translation>
    </message>
    <message>
        <source>your own setting</source>
        <translation>ваша настройка</translation>
    </message>
    <message>
        <source>this board</source>
        <translation>эта раскадровка</translation>
    </message>
    <message>
        <source>the environment ({0})</source>
        <translation>окружение ({0})</translation>
    </message>
    <message>
        <source>the mode {0}</source>
        <translation>режим {0}</translation>
    </message>
</context>
<context>
    <name>shot</name>
    <message>
        <source>wide shot</source>
        <translation>общий план</translation>
    </message>
    <message>
        <source>full shot</source>
        <translation>во весь рост</translation>
    </message>
    <message>
        <source>medium shot</source>
        <translation>средний план</translation>
    </message>
    <message>
        <source>close-up</source>
        <translation>крупный план</translation>
    </message>
    <message>
        <source>extreme close-up</source>
        <translation>деталь</translation>
    </message>
    <message>
        <source>eye level</source>
        <translation>на уровне глаз</translation>
    </message>
    <message>
        <source>low angle</source>
        <translation>снизу</translation>
    </message>
    <message>
        <source>high angle</source>
        <translation>сверху</translation>
    </message>
    <message>
        <source>over the shoulder</source>
        <translation>из-за плеча</translation>
    </message>
    <message>
        <source>static</source>
        <translation>неподвижна</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>панорама</translation>
    </message>
    <message>
        <source>tilt</source>
        <translation>наклон</translation>
    </message>
    <message>
        <source>push in</source>
        <translation>наезд</translation>
    </message>
    <message>
        <source>pull out</source>
        <translation>отъезд</translation>
    </message>
    <message>
        <source>tracking</source>
        <translation>проезд</translation>
    </message>
</context>
</TS>

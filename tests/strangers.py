"""Tables in layouts of many programs, what must come of each task, and words of the preview.

Of a task: its owner, `open`, `done` or the day it was done, and the day it is due.
"""

from __future__ import annotations

Wanted = dict[str, tuple[str, str, str]]
LAYOUTS: dict[str, tuple[str | bytes, Wanted, tuple[str, ...]]] = {
    "jira-small": (
        "Summary,Issue key,Status,Due Date,Resolved\n"
        "Fix it,P-1,Closed,31/Mar/26 12:00 AM,30/Mar/26 4:05 PM\nOther,P-2,Awaiting QA,05/Apr/26 12:00 AM,\n",
        {"Fix it": ("", "2026-03-30", "2026-03-31"), "Other": ("", "open", "2026-04-05")},
        ("“Issue key”", "“Awaiting QA” says neither done nor open"),
    ),
    "airtable": (
        "\ufeffName,Notes,Assignee,Status,Deadline\n"
        "Air one,,Dana,Done,3/31/2026\nAir two,,Yoav,In progress,4/5/2026\n",
        {"Air one": ("Dana", "done", "2026-03-31"), "Air two": ("Yoav", "open", "2026-04-05")},
        ("month/day/year", "“Notes”"),
    ),
    "smartsheet": (
        "Primary Column,Assigned To,Start,Finish,% Complete\nPhase 1,,03/01/26,03/31/26,50%\n"
        "  Inside,dana@x.com,03/01/26,03/15/26,100 %\n",
        {"Phase 1": ("", "open", "2026-03-31"), "Inside": ("dana@x.com", "done", "2026-03-15")},
        ("“50%” says neither", "“Start”"),
    ),
    "hubspot": (
        "Record ID,Task Title,Task Status,Due date,Assigned to,Completed at\n"
        "1,Call Acme,Completed,2026-03-31 09:00,Dana (dana@x.com),2026-03-30 12:00\n"
        "2,Mail Beta,Not started,2026-04-02 09:00,,\n",
        {
            "Call Acme": ("Dana (dana@x.com)", "2026-03-30", "2026-03-31"),
            "Mail Beta": ("", "open", "2026-04-02"),
        },
        ("“Record ID”",),
    ),
    "salesforce": (
        '"Subject","Assigned","Status","Date","Company"\n"Call, Acme","Dana","Completed","3/31/2026","A"\n',
        {"Call, Acme": ("Dana", "done", "2026-03-31")},
        ("“Company”",),
    ),
    "microsoft-to-do": (
        "Subject;Status;Due Date;Completed Date\n"
        "One;Completed;31.03.2026;30.03.2026\nTwo;NotStarted;05.04.2026;\n",
        {"One": ("", "2026-03-30", "2026-03-31"), "Two": ("", "open", "2026-04-05")},
        ("separated by semicolons",),
    ),
    "github": (
        "Title,URL,Assignees,Status\nFix,https://x/1,\"dana, yoav\",Done\nNew,https://x/2,,Todo\n",
        {"Fix": ("dana, yoav", "done", ""), "New": ("", "open", "")},
        ("“URL”",),
    ),
    "clickup": (
        "Task Name,Status,Due Date,Due Date Text,Assignees\nOne,complete,1774915200000,x,Dana\n",
        {"One": ("Dana", "done", "2026-03-31")},
        ("1 time with a zone", "“Due Date Text”"),
    ),
    "trello-due-complete": (
        "Card Name,Members,Due Date,List Name,Due Complete\n"
        "A,dana,2026-03-31T10:00:00Z,Doing,true\nB,,,Doing,false\n",
        {"A": ("dana", "done", "2026-03-31"), "B": ("", "open", "")},
        ("Done = “List Name” · Done = “Due Complete”",),
    ),
    "owner-first": (
        "Owner,Status,Task Description,Target Completion Date,Category\nDana,Done,Do this,2026-03-31,c\n",
        {"Do this": ("Dana", "done", "2026-03-31")},
        ("“Category”",),
    ),
    "hebrew-gender": (
        "המשימה,האחראית,תאריך יעד סופי,בוצע?\nלבדוק,דנה,31/03/2026,כן\nלכתוב,יואב,5/4/2026,לא\n",
        {"לבדוק": ("דנה", "done", "2026-03-31"), "לכתוב": ("יואב", "open", "2026-04-05")},
        (),
    ),
    "hebrew-list": (
        "מס',נושא,לטיפול,סטטוס,תאריך גמר\n1,לבדוק,דנה,טופל,31.3.26\n2,לכתוב,יואב,עובדים על זה,5.4.26\n",
        {"לבדוק": ("דנה", "done", "2026-03-31"), "לכתוב": ("יואב", "open", "2026-04-05")},
        (),
    ),
    "hebrew-plural": (
        'מס"ד,תיאור המשימה,אחראיים,האם הושלם?\n1,לבדוק,דנה ויואב,✓\n2,לכתוב,,✗\n',
        {"לבדוק": ("דנה ויואב", "done", ""), "לכתוב": ("", "open", "")},
        ("“✗” says neither",),
    ),
    "camel-case": (
        "taskName,assignedTo,dueDate,isDone\nA,Dana,2026-03-31,true\n",
        {"A": ("Dana", "done", "2026-03-31")},
        (),
    ),
    "constant-case": (
        "TASK_NAME,ASSIGNED_TO,DUE_DATE,IS_DONE\nA,Dana,2026-03-31,true\n",
        {"A": ("Dana", "done", "2026-03-31")},
        (),
    ),
    "pivotal": (
        'Id,Title,Current State,Accepted at,Deadline,Owned By\n'
        '1,A,accepted,"Mar 10, 2026",,Yoav\n2,B,unscheduled,,,\n',
        {"A": ("Yoav", "2026-03-10", ""), "B": ("", "open", "")},
        ("2 rows have an ID that is not here",),
    ),
    "redmine": (
        "#,Status,Subject,Assignee,Due date,% Done\n1,Closed,A,Dana,03/31/2026,100\n2,Feedback,B,,,50\n",
        {"A": ("Dana", "done", "2026-03-31"), "B": ("", "open", "")},
        ("“50” says neither",),
    ),
    "project": (
        "ID,Name,Duration,Start,Finish,% Complete,Resource Names\n"
        "1,A,5 days,Mon 3/2/26,Tue 3/31/26,100%,Dana\n",
        {"A": ("Dana", "done", "2026-03-31")},
        ("“Start”",),
    ),
    "hebrew-niqqud": (
        "מְשִׂימָה,אַחֲרַאי,תַּאֲרִיךְ יַעַד\nלִבְדֹּק,דנה,31.3.2026\n",
        {"לִבְדֹּק": ("דנה", "open", "2026-03-31")},
        (),
    ),
    "hebrew-gershayim": (
        "משימה\tתג\"ב\tאחראית\tסטטוס\n"
        "להכין\t31/03/26\tעו״ד כהן\tבוצע\nז'בוטינסקי\t5/4/26\tד\"ר לוי\tבתהליך\n",
        {"להכין": ("עו״ד כהן", "done", "2026-03-31"), "ז'בוטינסקי": ('ד"ר לוי', "open", "2026-04-05")},
        ("separated by tabs",),
    ),
    "markdown-table": (
        "|Task|Owner|Due|\n|---|:--|---:|\n|One|Dana|2026-03-31|\n|Two|Yoav|2026-04-05|\n",
        {"One": ("Dana", "open", "2026-03-31"), "Two": ("Yoav", "open", "2026-04-05")},
        ("2 rows are new",),
    ),
    "database-table": (
        " Task | Owner | Due\n------+-------+------------\n One  | Dana  | 2026-03-31\n",
        {"One": ("Dana", "open", "2026-03-31")},
        ("1 row is new",),
    ),
    "quoted-line-ends": (
        'Task,Owner\r\n"two\r\nlines",Dana\r\n"cr\ronly",Yoav\r\n"a ""quote""",X\r\n',
        {"two lines": ("Dana", "open", ""), "cr only": ("Yoav", "open", ""), 'a "quote"': ("X", "open", "")},
        (),
    ),
    "old-mac-line-ends": (
        "Task,Owner\rA,Dana\rB,Yoav\r",
        {"A": ("Dana", "open", ""), "B": ("Yoav", "open", "")},
        (),
    ),
    "utf-16-le-without-a-mark": (
        "Task,Owner,Due\nבדיקה,דנה,2026-03-31\n".encode("utf-16-le"),
        {"בדיקה": ("דנה", "open", "2026-03-31")},
        ("UTF-16",),
    ),
    "utf-16-be-without-a-mark": (
        "משימה\tאחראי\nבדיקה של המערכת\tדנה\n".encode("utf-16-be"),
        {"בדיקה של המערכת": ("דנה", "open", "")},
        ("UTF-16", "tabs"),
    ),
    "windows-1252": (
        "Task;Owner\nRésumé prüfen;José Müller\nCafé “Noir” – naïve;Zoë\n".encode("cp1252"),
        {"Résumé prüfen": ("José Müller", "open", ""), "Café “Noir” – naïve": ("Zoë", "open", "")},
        ("Windows-1252",),
    ),
    "windows-1255": (
        'משימה;אחראי/ת;סטטוס\nלבדוק ש"ח – סופי;רו"ח כהן;הושלם\n'.encode("cp1255"),
        {'לבדוק ש"ח – סופי': ('רו"ח כהן', "done", "")},
        ("Windows-1255",),
    ),
    "titles-and-blank-columns": (
        "Plan Q1,,,\nExported,,,\n,,,\n,Task,Owner,Due\n,A,Dana,2026-03-31\n,,,\n,B,Yoav,2026-04-05\n",
        {"A": ("Dana", "open", "2026-03-31"), "B": ("Yoav", "open", "2026-04-05")},
        ("“Plan Q1” · “Exported”",),
    ),
    "times-and-zones": (
        "Task,Due\nA,2026-03-31T21:30:00+00:00\nB,2026-03-31T23:30:00-0500\n"
        'C,Tue Mar 31 2026 00:00:00 GMT+0300 (Israel Daylight Time)\nD,"Tue, 31 Mar 2026 10:00:00 +0000"\n'
        "E,46112.75\nF,2026-W14\nG,2026-03-31 00:00:00 +0000 UTC\n"
        "H,20260331 14:30\nI,2026-03-29/2026-03-31\n",
        {
            "A": ("", "open", "2026-03-31"), "B": ("", "open", "2026-04-01"), "C": ("", "open", "2026-03-30"),
            "D": ("", "open", "2026-03-31"), "E": ("", "open", "2026-03-31"), "F": ("", "open", ""),
            "G": ("", "open", "2026-03-31"), "H": ("", "open", "2026-03-31"), "I": ("", "open", "2026-03-31"),
        },
        ("5 times with a zone", "“2026-W14” is no day", "the end of “2026-03-29/2026-03-31”"),
    ),
    "hebrew-days": (
        "משימה,לביצוע עד\nא,31 במרץ 2026\nב,\"יום ג', 31 במרס 2026\"\n"
        "ג,ה-31 במרץ 2026\nד,31/3/2026 בשעה 14:30\nה,סוף מרץ\n",
        {"א": ("", "open", "2026-03-31"), "ב": ("", "open", "2026-03-31"), "ג": ("", "open", "2026-03-31"),
         "ד": ("", "open", "2026-03-31"), "ה": ("", "open", "")},
        ("“סוף מרץ” is no day",),
    ),
    "percentages": (
        'Task,% Complete\nA,100%\nB,99.9%\nC,"100,0 %"\nD,100 %\nE,0 %\nF,50\n',
        {"A": ("", "done", ""), "B": ("", "open", ""), "C": ("", "done", ""), "D": ("", "done", ""),
         "E": ("", "open", ""), "F": ("", "open", "")},
        ("“99.9%” says neither", "“50” says neither"),
    ),
    "marks-with-signs": (
        "Task,Status\nA,Done ✅\nB,🟢 Done\nC,✔ בוצע\nD,√\nE,❌ Done\nF,🟢\nG,✅ To do\n",
        {"A": ("", "done", ""), "B": ("", "done", ""), "C": ("", "done", ""), "D": ("", "done", ""),
         "E": ("", "open", ""), "F": ("", "open", ""), "G": ("", "open", "")},
        ("“❌ Done” says neither", "“🟢” says neither", "“✅ To do” says neither"),
    ),
    "headings-twice": (
        "Task,Due,Due\nA,2026-03-31,2026-04-01\n",
        {"A": ("", "open", "2026-03-31")},
        ("a second column of this name says “2026-04-01”",),
    ),
    "headings-empty": (
        "Task,,Owner,\nA,secret note,Dana,more\n",
        {"A": ("Dana", "open", "")},
        ("“#2”, “#4”",),
    ),
    "apostrophes": (
        "Task,Owner,Due\n'=SUM(A1),\"a,'-b\",'31/03/2026\n'tis,'Dana,\n",
        {"=SUM(A1)": ("a,'-b", "open", "2026-03-31"), "'tis": ("'Dana", "open", "")},
        (),
    ),
    "a-table-below": (
        "Task,Owner\nA,Dana\n\nB,Yoav\n\nMeasure,Target\nRate,30%\n",
        {"A": ("Dana", "open", ""), "B": ("Yoav", "open", "")},
        ("from row 6 on: “Measure”, “Target”",),
    ),
    "rows-of-words-like-headings": (
        "Task,Owner,Due\nA,Dana,2026-03-31\n\nStatus,Dana,2026-03-31\nOwner,,\n",
        {
            "A": ("Dana", "open", "2026-03-31"), "Status": ("Dana", "open", "2026-03-31"),
            "Owner": ("", "open", ""),
        },
        (),
    ),
    "one-column": ("Tasks\nA\nB\n", {"A": ("", "open", ""), "B": ("", "open", "")}, ("2 rows are new",)),
    "separator-named": ("sep=;\nTask;Owner\nA;Dana\n", {"A": ("Dana", "open", "")}, ("semicolons",)),
    "long-and-short-rows": (
        "Task,Owner\nA\nB,Yoav,extra\n",
        {"A": ("", "open", ""), "B": ("Yoav", "open", "")},
        ("“#3”",),
    ),
    "todo.txt": (
        "(A) 2026-03-01 Call Dana +Plan @yoav due:2026-03-31\nx (B) 2026-03-10 2026-03-01 Pay +Home @dana\n"
        "xylophone due:2026-04-01\n",
        {"Call Dana": ("yoav", "open", "2026-03-31"), "Pay": ("dana", "2026-03-10", ""),
         "xylophone": ("", "open", "2026-04-01")},
        ("todo.txt", "“project”"),
    ),
    "taskwarrior-lines": (
        '{"description":"One","due":"20260331T000000Z","entry":"20260301T101010Z","status":"pending","uuid":"1"}\n'
        '{"description":"Two","end":"20260310T101010Z","entry":"20260301T101010Z","status":"completed","uuid":"2"}\n',
        {"One": ("", "open", "2026-03-31"), "Two": ("", "2026-03-10", "")},
        ("Taskwarrior",),
    ),
}  # fmt: skip
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "unclosed quote": ('Task,Owner\nX,Y\n"A,Dana\nB,Yoav\nC,Omer\n', "opens in row 3 is not closed"),
    "unclosed quote in the last line": ('Task,Owner\nX,Y\n"A,Dana', "opens in row 3 is not closed"),
    "workbook as XML": (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "Office file of the old form",
    ),
    "project as XML": ('<?xml version="1.0"?><Project><Tasks/></Project>', "It is XML of another program"),
    "page with a table": ("<html><table><tr><td>Task</td></tr></table></html>", "open it in a spreadsheet"),
    "JSON of another program": ('{"tasks":[{"name":"A"}]}', "If another program wrote it"),
    "YAML": ("tasks:\n  - name: A\n    owner: Dana\n", "plain text without columns"),
    "no table": ("SKU,Price\n1,2\n", "SKU, Price"),
    "nothing": ("", "It is empty"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "(.xls, .doc, .msg, .mpp)"),
    "pdf": (b"%PDF-1.7\n", "It is a PDF"),
    "UTF-32": ("Task,Owner\nA,B\n".encode("utf-32"), "It is no text"),
}
